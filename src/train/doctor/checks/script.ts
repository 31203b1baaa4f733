import { VERSION } from '../../../core/engine/version.js';
import { broken, checksBetween, fine, warning } from '../finding.js';
import { type Check, type Examination, findingOf } from '../examination.js';
import type { ScriptTag } from '../visit.js';
import { fault, isScriptType } from './served.js';

const TAG = '<script async src="/tillside/auto.js" data-bundle="/models/shop/manifest.json" data-consent="auto"></script>';
const ALL = checksBetween('files', 'compression');

/** Whether the script is there, once, and starts. */
export const checkScript: Check = (examination) => {
  const { running, toldOf, setup } = examination;
  const tags = tagsOf(examination);
  const { tag } = setup;
  const isTwice = tags.length > 1;
  if (running.version === undefined) return { ...whyNotStarted(examination, tags), explains: ALL };
  const told = toldOf('script');
  if (told) return findingOf(told);
  if (isTwice)
    return warning(
      `stands ${tags.length} times on the page: ${[...new Set(tags.map(({ src }) => src))].join(', ')}; the first counts`,
      'Leave one script tag: a theme and a plugin may each have put one there.',
    );
  if (running.version !== VERSION)
    return warning(
      `is of release ${running.version}, this check of ${VERSION}`,
      `Check with the page's own release: npx -p tillside@${running.version} -p playwright tillside doctor …`,
    );
  return fine(
    `${tag && running.hasGlobal ? `one copy, ${tag.src}` : "bundled with the shop's own scripts"}, version ${running.version}`,
  );
};

/** The tags that are tillside's: they name a bundle, or hold its code. */
function tagsOf({ markup, file }: Examination): ScriptTag[] {
  return markup.tags.filter(({ src, data }) => data['bundle'] !== undefined || file(src)?.text?.includes('tillside:ready'));
}

function whyNotStarted({ running, markup, file, toldOf, setup }: Examination, tags: readonly ScriptTag[]) {
  const tag = tags[0] ?? markup.tags[0];
  if (!tag) {
    const what =
      running.widgets.length > 0 ? '<tillside-suggestions> is on the page, and no script that fills it' : 'is not on the page';
    return broken(what, `Put it into the page's head: ${TAG}`);
  }
  if (tag.type === 'module')
    return broken('has type="module", and so does not find its own attributes', 'Leave type out of the script tag.');
  const told = toldOf('script');
  if (told && setup.option('bundle') === undefined) return broken('names no bundle', `Say where the bundle is: ${TAG}`);
  if (told) return findingOf(told);
  const seen = file(tag.src);
  const why = seen && fault(seen, isScriptType);
  if (why) return broken(`${tag.src} ${why.seen}`, why.remedy);
  if (running.hasGlobal)
    return broken(
      tag.data['autoInit'] === 'false' ? 'waits for tillside.init(): data-auto-init is "false"' : 'loaded, and started nothing',
      'Call tillside.init(), or leave data-auto-init out.',
    );
  return broken(`${tag.src} did not run`, "Look at the browser's console: what stands in its way is said there.");
}
