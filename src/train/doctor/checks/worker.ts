import { broken, fine, skipped } from '../finding.js';
import { type Check, findingOf } from '../examination.js';
import { nameOf } from '../gather-files.js';
import { fault, isScriptType } from './served.js';

/** Where the engine runs. */
export const checkWorker: Check = ({ running, setup, file, toldOf, slate }) => {
  const { status } = running;
  const told = toldOf('worker');
  if (status?.where === 'worker' && !told)
    return fine(`the engine runs in one, and keeps its data in ${storeName(status.store)}`);
  if (!status && !told) return skipped(slate?.error?.message ?? 'the engine did not answer in time');
  const seen = file(setup.workerUrl);
  const why = seen && fault(seen, isScriptType);
  if (status?.where !== 'worker' && seen && why) {
    const what = `${nameOf(seen.url)} ${why.seen}; the engine runs on the page, without the model`;
    return { ...broken(what, why.remedy), explains: ['tier'] };
  }
  if (!told) return broken('none runs, and the page did not say why', 'Reload; if it stays so, report it.');
  const place = status?.where === 'page' ? '; the engine runs on the page, without the model' : '';
  const finding = findingOf(told);
  return { ...finding, seen: `${finding.seen}${place}`, explains: ['tier'] };
};

function storeName(store: string): string {
  return store === 'indexeddb' ? 'IndexedDB' : 'memory';
}

const WAYS = {
  model: 'by the model',
  neighbours: 'by what is bought together (neighbours)',
  popularity: 'by popularity',
  none: 'by nobody',
} as const;

/** Which tier makes slates, and why not a better one. */
export const checkTier: Check = ({ running, slate, toldOf, file, setup }) => {
  const { status } = running;
  const told = toldOf('tier');
  if (told) return findingOf(told);
  if (!status)
    return broken(
      'no slate came before the time was over',
      'Give more time by --timeout SECONDS; the Network tab shows what is slow.',
    );
  const now =
    slate?.strategy === undefined || slate.strategy === status.strategy ? '' : `; for this visitor now ${WAYS[slate.strategy]}`;
  const what = `slates are made ${WAYS[status.strategy]}${status.runtime === undefined ? '' : ` on ${status.runtime}`}${now}`;
  if (status.strategy === 'model') return fine(what);
  if (status.strategy === 'none')
    return broken('no slate can be made', "Run 'tillside verify' on the bundle and publish it again.");
  const hasModel = file(setup.manifestUrl)?.text?.includes('"ranker-model"') ?? true;
  if (!hasModel) return fine(`${what}: the bundle has no model`);
  return broken(`${what}, although the bundle has a model`, 'Look at the browser’s console; publish the whole bundle again.');
};
