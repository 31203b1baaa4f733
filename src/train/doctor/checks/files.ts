import { type CheckName, type Finding, broken, fine, skipped, warning } from '../finding.js';
import type { Check, Examination } from '../examination.js';
import { nameOf } from '../gather-files.js';
import type { SeenFile } from '../visit.js';
import { fault, isScriptType } from './served.js';

/** Saving less than this is not worth a setting. */
const MIN_SAVED_BYTES = 2_000;
/** What text shrinks to, about. */
const PACKED_SHARE = 0.35;
const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
const HASHED = /-[0-9a-f]{8,}\.\w+$/;
/** An address that changes with the release: `@1.2.0/`, `/1.2.0/`, `?v=…`, a hash. */
const VERSIONED = /@\d|\/v?\d+\.\d+\.\d+\/|\?.*\d|-[0-9a-zA-Z_]{8,}\.js$/;

const isScript = (file: SeenFile): boolean => nameOf(file.url).endsWith('.js');
const isGot = ({ status }: SeenFile): boolean => status >= 200 && status < 400;

/** What does not work, and cannot be judged, without a file. */
const NEEDED_FOR: readonly (readonly [RegExp, readonly CheckName[]])[] = [
  [/^loop/, ['files', 'consent', 'worker', 'bundle', 'tier', 'ids', 'cart', 'widget', 'images', 'reports']],
  [/^worker/, ['worker', 'tier']],
  [/^page-engine/, ['worker', 'bundle', 'tier', 'ids', 'widget', 'images']],
  [/^tfjs/, ['tier']],
  [/^(sources|adapter|json-ld)/, ['cart', 'ids', 'reports']],
  [/^element/, ['widget', 'images']],
  [/\.(json|bin|u8)$/, ['bundle', 'tier', 'ids', 'widget', 'images']],
];

function needing(name: string): readonly CheckName[] {
  return NEEDED_FOR.find(([pattern]) => pattern.test(name))?.[1] ?? [];
}

/** Whether other origins let the page have their files. */
export const checkCors: Check = ({ files, setup, running }) => {
  const foreign = [...files.values()].filter(({ url, status }) => new URL(url).origin !== setup.pageOrigin && status > 0);
  if (foreign.length === 0) return fine("all files are on the page's own origin");
  const refused = foreign.filter(
    ({ url, headers }) => !(url === setup.tag?.src && running.version !== undefined) && !isOpen(headers, setup.pageOrigin),
  );
  const origins = [...new Set(refused.map(({ url }) => new URL(url).origin))];
  if (refused.length === 0)
    return fine(`${[...new Set(foreign.map(({ url }) => new URL(url).origin))].join(', ')} let every page in`);
  const names = [...new Set(refused.map(({ url }) => nameOf(url)))].slice(0, 3).join(', ');
  return {
    ...broken(
      `${origins.join(', ')} sends no Access-Control-Allow-Origin with ${names}`,
      'Have that host send, with every file of tillside: Access-Control-Allow-Origin: *',
    ),
    explains: refused.flatMap(({ url }) => needing(nameOf(url))),
  };
};

function isOpen(headers: SeenFile['headers'], origin: string): boolean {
  const allowed = headers['access-control-allow-origin'];
  return allowed === '*' || allowed === origin;
}

/** Whether tillside's scripts are there and are sent as scripts. The worker and the script itself are for their own checks. */
export const checkFiles: Check = ({ files, setup }) => {
  const apart = [setup.tag?.src, setup.workerUrl];
  const scripts = [...files.values()].filter((file) => isScript(file) && !apart.includes(file.url));
  const faulty = scripts.flatMap((file) => {
    const found = fault(file, isScriptType);
    return found ? [{ ...found, seen: `${nameOf(file.url)} ${found.seen}`, name: nameOf(file.url) }] : [];
  });
  if (faulty.length === 0) return fine(`${files.size} files of tillside, each of its type`);
  return {
    ...broken(faulty.map(({ seen }) => seen).join('; '), ...new Set(faulty.map(({ remedy }) => remedy))),
    explains: faulty.flatMap(({ name }) => needing(name)),
  };
};

/** Whether caches keep what never changes, and ask about what does. */
export const checkCaching: Check = ({ files, setup }) => {
  const got = [...files.values()].filter(isGot);
  const complaints = got.flatMap((file) => (file.url === setup.manifestUrl ? manifestCaching(file) : fileCaching(file)));
  if (got.length === 0) return skipped('no file to look at');
  if (complaints.length === 0) return fine('hashed names are kept, the others are asked about');
  const seen = [...new Set(complaints.map(([what]) => what))];
  return warning(seen.join('; '), ...new Set(complaints.map(([, remedy]) => remedy)));
};

type Complaint = readonly [seen: string, remedy: string];

function manifestCaching({ url, headers }: SeenFile): Complaint[] {
  const control = headers['cache-control'] ?? '';
  const name = nameOf(url);
  const remedy = `Send with ${name}: Cache-Control: no-cache`;
  if (/no-store/.test(control)) return [[`${name} may not be kept (no-store), and comes whole with every page`, remedy]];
  if (control === '') return [[`${name} has no Cache-Control`, remedy]];
  const seconds = maxAge(control);
  return seconds > HOUR_SECONDS ? [[`${name} is kept for ${duration(seconds)}: so late is a new bundle seen`, remedy]] : [];
}

function fileCaching({ url, headers }: SeenFile): Complaint[] {
  const control = headers['cache-control'] ?? '';
  const name = nameOf(url);
  if (HASHED.test(name)) {
    if (/immutable/.test(control) || maxAge(control) >= DAY_SECONDS) return [];
    return [
      [
        'files with a hash in their name are not kept for long',
        'Send with them: Cache-Control: public, max-age=31536000, immutable',
      ],
    ];
  }
  const remedy = 'Send with the files of dist/: Cache-Control: no-cache, or put the release into their address';
  if (/no-store/.test(control)) return [['files of dist/ may not be kept (no-store)', remedy]];
  if (control === '' && !VERSIONED.test(url)) return [['files of dist/ have no Cache-Control', remedy]];
  const seconds = maxAge(control);
  if (seconds <= DAY_SECONDS || VERSIONED.test(url)) return [];
  return [[`files of dist/ are kept for ${duration(seconds)}: releases get mixed`, remedy]];
}

function maxAge(control: string): number {
  if (/no-cache/.test(control)) return 0;
  return Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0);
}

function duration(seconds: number): string {
  return seconds >= DAY_SECONDS ? `${Math.round(seconds / DAY_SECONDS)} days` : `${Math.round(seconds / HOUR_SECONDS)} hours`;
}

/** Whether text travels compressed. A server on the developer's own machine need not. */
export const checkCompression: Check = (examination): Finding => {
  const plain = [...examination.files.values()].filter(isPlain);
  const saved = plain.reduce((sum, { bytes = 0 }) => sum + bytes * (1 - PACKED_SHARE), 0);
  if (saved < MIN_SAVED_BYTES) return fine('scripts and tables travel compressed');
  if (isLocal(examination)) return skipped('not judged on this machine itself');
  return warning(
    `${plain.length} files travel uncompressed, about ${Math.round(saved / 1000)} kB too much`,
    'Have the host compress .js, .json, .bin and .u8 files (br or gzip).',
  );
};

function isPlain(file: SeenFile): boolean {
  return isGot(file) && file.headers['content-encoding'] === undefined && /\.(js|json)$/.test(nameOf(file.url));
}

function isLocal({ markup }: Examination): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(markup.url).hostname);
}
