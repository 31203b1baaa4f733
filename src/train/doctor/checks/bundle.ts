import { FORMAT_VERSION } from '../../../core/model/bundle-format.js';
import { EARLY_FILE } from '../../../core/model/early-files.js';
import { parseVocabulary } from '../../../core/model/vocabulary.js';
import { type CheckName, type Finding, broken, fine, skipped, warning } from '../finding.js';
import { type Check, type Examination, findingOf } from '../examination.js';
import { nameOf } from '../gather-files.js';

const WITHOUT_BUNDLE: readonly CheckName[] = ['tier', 'ids', 'offers', 'widget', 'images'];
const REMEDY = 'Publish the whole folder that "tillside train --out" wrote.';
const DAY_MS = 86_400_000;
/** A shop wants to know of the end of its bundle before it comes. */
const SOON_MS = 7 * DAY_MS;

/** What of a manifest is shown. Whoever wrote it, it may hold anything. */
interface Manifest {
  readonly formatVersion?: unknown;
  readonly id?: unknown;
  readonly version?: unknown;
  readonly notAfter?: unknown;
  readonly signature?: unknown;
}

/** Whether the bundle is there, whole, of this format, signed where that is asked for, and not too old. */
export const checkBundle: Check = (examination) => {
  const { setup, file, running, toldOf, pending, now } = examination;
  const seen = file(setup.manifestUrl);
  const told = toldOf('bundle');
  const status = running.status?.bundle;
  const fault = seen && manifestFault(seen.url, seen.status, seen.text);
  if (fault) return { ...fault, explains: WITHOUT_BUNDLE };
  const manifest = parseManifest(seen?.text);
  if (told) return { ...toldBundle(examination, findingOf(told)), explains: status ? ['tier'] : WITHOUT_BUNDLE };
  const late = pending.find((url) => setup.manifestUrl && url.startsWith(new URL('.', setup.manifestUrl).href));
  if (!status && late !== undefined) {
    const what = `${nameOf(late)} was still on its way when the time was over`;
    return { ...broken(what, 'Look at its host; give more time by --timeout SECONDS.'), explains: WITHOUT_BUNDLE };
  }
  if (!status) return skipped('the engine did not say');
  const signed = manifest?.signature === undefined ? 'unsigned' : 'signed';
  const what = `${status.id}, version ${status.version}, ${status.items.toLocaleString('en')} items, ${signed}`;
  const end = typeof manifest?.notAfter === 'string' ? Date.parse(manifest.notAfter) : Number.NaN;
  if (end - now < SOON_MS)
    return warning(
      `${what}, ends in ${Math.max(0, Math.ceil((end - now) / DAY_MS))} days (${String(manifest?.notAfter)})`,
      'Train and publish a new one before that.',
    );
  const early = earlyFault(examination);
  if (early) return warning(`${what}; ${EARLY_FILE} ${early}, so first visits take longer`, REMEDY);
  return fine(what);
};

/** What keeps a first visit from using the file that comes beside the manifest. */
function earlyFault({ files }: Examination): string | undefined {
  const early = [...files.values()].find(({ url }) => nameOf(url) === EARLY_FILE);
  if (early && early.status >= 400) return `answered ${early.status}`;
  return early?.fitsManifest === false ? 'is of another bundle than the manifest' : undefined;
}

function manifestFault(url: string, status: number, text: string | undefined): Finding | undefined {
  const remedy = 'Correct data-bundle, or publish the bundle there: the whole folder that "tillside train --out" wrote.';
  if (status === 0) return broken(`${url} cannot be reached`, remedy);
  if (status >= 400) return broken(`${url} answered ${status}`, remedy);
  if (/^\s*</.test(text ?? '')) return broken(`${url} answered with a web page`, remedy);
  const format = parseManifest(text)?.formatVersion;
  if (typeof format !== 'number' || format === FORMAT_VERSION) return undefined;
  const todo = format < FORMAT_VERSION ? 'Train the bundle again with this release.' : 'Update tillside on the page.';
  return broken(`has format ${format}, this release reads ${FORMAT_VERSION}`, todo);
}

/** What the page told, with the file that is missing where one is. */
function toldBundle({ files, setup }: Examination, finding: Finding): Finding {
  const folder = setup.manifestUrl && new URL('.', setup.manifestUrl).href;
  const missing = [...files.values()].find(({ url, status }) => folder && url.startsWith(folder) && status >= 400);
  if (!missing) return finding;
  return broken(`${nameOf(missing.url)} answered ${missing.status}`, REMEDY);
}

function parseManifest(text: string | undefined): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined; // the page says what is wrong with it
  }
}

const EXAMPLES = 3;
/** Some new products are no fault. */
const MOST = 0.8;

/** Whether page and bundle call items by the same ids. */
export const checkIds: Check = ({ markup, running, files, toldOf }) => {
  const told = toldOf('ids');
  if (told) return findingOf(told);
  const vocabulary = [...files.values()].find(({ url }) => nameOf(url).startsWith('vocabulary-'))?.text;
  const ids = [...new Set([...markup.itemIds, ...(running.status?.cart ?? []).map(({ itemId }) => itemId)])];
  if (ids.length === 0) return skipped('the page names no item: give the address of a product or of the cart');
  if (vocabulary === undefined) return skipped('the vocabulary could not be read');
  const { itemIds, rowOf } = parseVocabulary(vocabulary);
  const unknown = ids.filter((id) => rowOf(id) === 0);
  const what = `the bundle knows ${ids.length - unknown.length} of the page's ${ids.length} ids`;
  const both = `the page says ${quote(unknown)}, the bundle ${quote(itemIds)}`;
  const remedy = "Train with the page's ids as item_id, or give them as sku, variant_of or gtin in the catalogue.";
  if (unknown.length * 2 > ids.length) return broken(`${what}: ${both}`, remedy);
  if (ids.length - unknown.length < ids.length * MOST)
    return warning(`${what}: ${both}`, 'New products? Train again with the latest catalogue.');
  return fine(what);
};

function quote(ids: readonly string[]): string {
  return ids
    .slice(0, EXAMPLES)
    .map((id) => `"${id}"`)
    .join(', ');
}
