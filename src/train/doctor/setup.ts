import type { MarkupFacts, RunningFacts, ScriptTag } from './visit.js';

/** What the shop set up, as far as its page shows it. URLs are absolute. */
export interface Setup {
  /** the script tag that counts; absent in an app that bundles tillside */
  readonly tag: ScriptTag | undefined;
  readonly pageOrigin: string;
  /** folder of loop.js, worker.js and the others */
  readonly folderUrl: string | undefined;
  readonly workerUrl: string | undefined;
  readonly tfjsUrl: string | undefined;
  readonly manifestUrl: string | undefined;
  /** of the shop's offers; absent: none are asked for */
  readonly offersUrl: string | undefined;
  /** what an option of the script tag or of `tillsideConfig` says */
  option(name: string): unknown;
}

/** The script tag's own attributes beat `tillsideConfig`, as on the page; an app's files are known from its receipt. */
export function readSetup(markup: MarkupFacts, { receipt }: Pick<RunningFacts, 'receipt'>): Setup {
  const { url, tags, config } = markup;
  const tag = tags.find(({ data }) => data['bundle'] !== undefined) ?? tags[0];
  const option = (name: string): unknown => tag?.data[name] ?? config[name];
  const absolute = (value: unknown): string | undefined =>
    typeof value === 'string' && URL.canParse(value, url) ? new URL(value, url).href : undefined;
  const ofReceipt = (what: string, ending: string): string | undefined =>
    receipt.find((request) => request.what === what && new URL(request.url).pathname.endsWith(ending))?.url;
  const folder = absolute(option('baseUrl')) ?? tag?.src;
  const beside = (name: string): string | undefined => folder && new URL(name, folder).href;
  const manifestUrl = absolute(option('bundle')) ?? ofReceipt('bundle', 'manifest.json');
  return {
    tag,
    pageOrigin: new URL(url).origin,
    folderUrl: beside('.'),
    workerUrl: absolute(option('workerUrl')) ?? ofReceipt('worker', '.js') ?? beside('worker.js'),
    tfjsUrl: ofReceipt('runtime', '.js') ?? beside('tfjs.js'),
    manifestUrl,
    offersUrl: offersUrlOf(option('offers'), { manifestUrl, pageUrl: url }),
    option,
  };
}

/** As an attribute without a value, `true` or an address, as on the page. */
function offersUrlOf(
  offers: unknown,
  { manifestUrl, pageUrl }: { readonly manifestUrl: string | undefined; readonly pageUrl: string },
): string | undefined {
  if (offers === undefined || offers === false || offers === 'false') return undefined;
  if (offers === true || offers === '' || offers === 'true') return manifestUrl && new URL('offers.json', manifestUrl).href;
  return typeof offers === 'string' && URL.canParse(offers, pageUrl) ? new URL(offers, pageUrl).href : undefined;
}
