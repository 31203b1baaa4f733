// In: a page's traffic. Out: tillside's own files as their hosts serve them. What the browser did not get is asked for once more, and nothing else.
import type { APIRequestContext, Response } from 'playwright';
import { EARLY_FILE } from '../../core/model/early-files.js';
import { readManifest } from '../../core/model/manifest.js';
import type { Manifest } from '../../core/model/manifest.schema.js';
import { fitsManifest } from '../bundle/fits-manifest.js';
import type { Deadline } from './deadline.js';
import type { Setup } from './setup.js';
import type { Traffic } from './traffic.js';
import type { RunningFacts, SeenFile } from './visit.js';

/** The scripts of a release as `dist/` names them. */
export const RELEASE_SCRIPT =
  /^(auto|loop|element|card-[\w-]+|locale-\w+|privacy|privacy-locale-\w+|analytics|holdout|messages|offers|sources|adapter-[\w-]+|json-ld|page-engine|receipt|worker|runtime|tfjs)\.js$/;
/** A bundle's files as `tillside train` names them. */
const BUNDLE_FILE = /^([a-z]+-[0-9a-f]{8,}\.(json|bin|u8)|first-stage\.txt)$/;
const READABLE = /^(manifest\.json|vocabulary-[0-9a-f]+\.json)$/;
const ASK_MS = 5_000;

export interface GatherOptions {
  readonly traffic: Traffic;
  readonly setup: Setup;
  readonly receipt: RunningFacts['receipt'];
  readonly request: APIRequestContext;
  readonly deadline: Deadline;
  /** whether the bundle and the worker can have been asked for */
  readonly isRunning: boolean;
}

/** Gathers what is known of every file. */
export async function gatherFiles(options: GatherOptions): Promise<Map<string, SeenFile>> {
  const { traffic, deadline } = options;
  const files = new Map<string, SeenFile>();
  await Promise.all(
    urlsOf(options).map(async (url) => {
      const response = traffic.responses.get(url);
      const failure = traffic.failures.get(url);
      const seen =
        (response && (await deadline.within(ASK_MS, readResponse(response, options.setup)))) ?? (await ask(url, options));
      files.set(url, { ...(seen ?? { url, status: 0, headers: {} }), ...(failure !== undefined && { failure }) });
    }),
  );
  const vocabulary = vocabularyUrl(files, options.setup);
  if (vocabulary !== undefined && !files.has(vocabulary)) {
    const seen = await ask(vocabulary, options);
    if (seen) files.set(vocabulary, seen);
  }
  await judgeEarly(files, options);
  return files;
}

/** Finds out whether the file that comes beside the manifest is of the same bundle. It is asked for again: a browser tells what is sent as text/plain as text, which it is not. */
async function judgeEarly(files: Map<string, SeenFile>, options: GatherOptions): Promise<void> {
  const manifest = manifestOf(files.get(options.setup.manifestUrl ?? ''));
  const early = [...files.values()].find(({ url, status }) => nameOf(url) === EARLY_FILE && status === 200);
  if (!manifest || !early) return;
  const whole = await ask(early.url, options);
  if (whole?.status === 200) files.set(early.url, { ...early, fitsManifest: await fitsManifest(whole.content, manifest) });
}

function manifestOf(seen: SeenFile | undefined): Manifest | undefined {
  try {
    return readManifest(seen?.text ?? '');
  } catch {
    return undefined; // a manifest that is none is told of elsewhere
  }
}

/** Where the ids lie that the bundle knows: a browser may have had them out of `first-stage.txt`. */
function vocabularyUrl(files: ReadonlyMap<string, SeenFile>, { manifestUrl }: Setup): string | undefined {
  const path = manifestOf(files.get(manifestUrl ?? ''))?.files.find(({ role }) => role === 'vocabulary')?.path;
  return path === undefined ? undefined : new URL(path, manifestUrl).href;
}

function urlsOf({ traffic, setup, receipt, isRunning }: GatherOptions): string[] {
  const { tag, folderUrl, manifestUrl, offersUrl, workerUrl } = setup;
  const bundleUrl = manifestUrl && new URL('.', manifestUrl).href;
  const isOurs = (url: string): boolean => {
    const name = nameOf(url);
    if (folderUrl && url.startsWith(folderUrl) && RELEASE_SCRIPT.test(name)) return true;
    return bundleUrl !== undefined && url.startsWith(bundleUrl) && BUNDLE_FILE.test(name);
  };
  const asked = [...traffic.responses.keys(), ...traffic.failures.keys()].filter(isOurs);
  const certain = [tag?.src, ...(isRunning ? [manifestUrl, offersUrl, workerUrl] : [])].flatMap((url) => url ?? []);
  const listed = receipt.filter(({ what }) => what !== 'other').map(({ url }) => url);
  return [...new Set([...certain, ...asked, ...listed])].filter((url) => /^https?:/.test(url));
}

async function readResponse(response: Response, setup: Setup): Promise<SeenFile | undefined> {
  const url = response.url();
  const status = response.status();
  const headers = await response.allHeaders();
  const body = await response.body().catch(() => undefined); // a redirect has none, and a worker's may be gone
  if (!body && status < 400 && isReadable(url, setup)) return undefined;
  return { url, status, headers, ...bodyOf(url, body, setup) };
}

/** A file as it is answered, all of it. */
type Answer = SeenFile & { readonly content: Uint8Array };

async function ask(url: string, { request, setup, deadline }: GatherOptions): Promise<Answer | undefined> {
  const answer = request
    .get(url, { headers: { origin: setup.pageOrigin }, timeout: Math.max(1, Math.min(ASK_MS, deadline.leftMs())) })
    .then(async (response) => {
      const content = await response.body();
      return { url, status: response.status(), headers: response.headers(), content, ...bodyOf(url, content, setup) };
    });
  return deadline.within(ASK_MS, answer).catch(() => undefined); // status 0 says that nobody answered
}

function isReadable(url: string, { offersUrl }: Setup): boolean {
  return url === offersUrl || READABLE.test(nameOf(url));
}

function bodyOf(url: string, body: Buffer | undefined, setup: Setup): Pick<SeenFile, 'text' | 'bytes'> {
  const isText = isReadable(url, setup) || /^[^/]*\.m?js$/.test(nameOf(url));
  return body ? { bytes: body.length, ...(isText && { text: body.toString('utf8') }) } : {};
}

/** A URL's last part, without query. */
export function nameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? '';
}
