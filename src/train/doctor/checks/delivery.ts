import { EARLY_FILE } from '../../../core/model/early-files.js';
import { type Finding, fine, skipped, warning } from '../finding.js';
import type { Check, Examination } from '../examination.js';
import { nameOf } from '../gather-files.js';
import type { SeenFile } from '../visit.js';

/** Saving less than this is not worth a setting. */
const MIN_SAVED_BYTES = 2_000;
/** What text shrinks to, about. */
const PACKED_SHARE = 0.35;
const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
const HASHED = /-[0-9a-f]{8,}\.\w+$/;
/** An address that changes with the release: `@1.2.0/`, `/1.2.0/`, `?v=…`, a hash. */
const VERSIONED = /@\d|\/v?\d+\.\d+\.\d+\/|\?.*\d|-[0-9a-zA-Z_]{8,}\.js$/;

const isGot = ({ status }: SeenFile): boolean => status >= 200 && status < 400;

/** Whether caches keep what never changes, and ask about what does. */
export const checkCaching: Check = ({ files, setup }) => {
  const got = [...files.values()].filter(isGot);
  const complaints = got.flatMap((file) => {
    if (file.url === setup.manifestUrl) return manifestCaching(file);
    if (nameOf(file.url) === EARLY_FILE) return freshness(file, 'first visits after a new bundle take longer');
    return file.url === setup.offersUrl ? freshness(file, 'so late is a new price seen') : fileCaching(file);
  });
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

/** Of a file that is asked for again as often as it says itself. */
function freshness({ url, headers }: SeenFile, otherwise: string): Complaint[] {
  const seconds = maxAge(headers['cache-control'] ?? '');
  if (seconds <= HOUR_SECONDS) return [];
  const name = nameOf(url);
  return [[`${name} is kept for ${duration(seconds)}: ${otherwise}`, `Send with ${name}: Cache-Control: no-cache`]];
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
    'Have the host compress .js, .json, .txt, .bin and .u8 files (br or gzip).',
  );
};

function isPlain(file: SeenFile): boolean {
  return isGot(file) && file.headers['content-encoding'] === undefined && /\.(js|json|txt)$/.test(nameOf(file.url));
}

function isLocal({ markup }: Examination): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(markup.url).hostname);
}
