import { element } from '../widget/element.js';
import { reportError } from '../report-error.js';
import { toJson } from '../to-json.js';
import { fill } from './fill.js';
import type { PrivacyContext } from './privacy-context.js';
import { saveFile } from './save-file.js';

/** Creates the buttons that export and erase; erasing asks once. */
export function createActions(context: PrivacyContext): HTMLElement {
  const { instance, strings, say } = context;
  const download = element('button', { part: 'download', type: 'button' }, strings.download);
  const erase = element('button', { part: 'erase', type: 'button' }, strings.erase);
  const yes = element('button', { part: 'yes primary', type: 'button' }, strings.eraseYes);
  const no = element('button', { part: 'no', type: 'button' }, strings.eraseNo);
  const question = element('p', { part: 'question', id: 'question' }, strings.eraseQuestion);
  const buttons = element('div', { part: 'row' }, download, erase);
  const asking = element('div', { part: 'row', role: 'group', 'aria-labelledby': 'question' }, question, yes, no);
  const attempt = async (work: () => Promise<string>): Promise<void> => {
    try {
      say(await work());
    } catch (error) {
      reportError(instance.onError, error, 'widget-failed');
      say(strings.failed);
    }
  };
  const ask = (isAsking: boolean): void => {
    asking.hidden = !isAsking;
    buttons.hidden = isAsking;
    (isAsking ? no : erase).focus();
  };
  asking.hidden = true;

  download.onclick = () =>
    attempt(async () => {
      const data = await instance.exportData();
      const file = `tillside-${data.exportedAt.slice(0, 10)}.json`;
      saveFile(file, toJson(data, 2));
      return fill(strings.downloaded, { file });
    });
  erase.onclick = () => ask(true);
  no.onclick = () => ask(false);
  asking.onkeydown = ({ key }) => {
    if (key === 'Escape') ask(false);
  };
  yes.onclick = () =>
    attempt(async () => {
      await instance.erase();
      ask(false);
      return strings.erased;
    });
  return element('div', { part: 'actions' }, buttons, asking);
}
