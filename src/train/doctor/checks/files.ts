import { type CheckName, broken, fine } from '../finding.js';
import type { Check } from '../examination.js';
import { nameOf } from '../gather-files.js';
import type { SeenFile } from '../visit.js';
import { fault, isScriptType } from './served.js';

const isScript = (file: SeenFile): boolean => nameOf(file.url).endsWith('.js');

/** What does not work, and cannot be judged, without a file. */
const NEEDED_FOR: readonly (readonly [RegExp, readonly CheckName[]])[] = [
  [/^(loop|holdout)/, ['files', 'consent', 'worker', 'bundle', 'tier', 'ids', 'offers', 'cart', 'widget', 'images', 'reports']],
  [/^worker/, ['worker', 'tier']],
  [/^page-engine/, ['worker', 'bundle', 'tier', 'ids', 'offers', 'widget', 'images']],
  [/^(runtime|tfjs)/, ['tier']],
  [/^offers/, ['worker', 'offers', 'reports']],
  [/^(sources|adapter|json-ld)/, ['cart', 'ids', 'reports']],
  [/^element/, ['widget', 'images']],
  [/\.(json|bin|u8)$/, ['bundle', 'tier', 'ids', 'offers', 'widget', 'images']],
];

function needing(name: string): readonly CheckName[] {
  return NEEDED_FOR.find(([pattern]) => pattern.test(name))?.[1] ?? [];
}

/** Whether other origins let the page have their files. */
export const checkCors: Check = ({ files, setup, running }) => {
  const got = [...files.values()].filter(({ status }) => status >= 200 && status < 400);
  const foreign = got.filter(({ url }) => new URL(url).origin !== setup.pageOrigin);
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
    explains: refused.flatMap(({ url }): readonly CheckName[] => (url === setup.offersUrl ? ['offers'] : needing(nameOf(url)))),
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
  if (faulty.length === 0) return fine(`${scripts.length + 1} scripts of tillside, each there and of its type`);
  return {
    ...broken(faulty.map(({ seen }) => seen).join('; '), ...new Set(faulty.map(({ remedy }) => remedy))),
    explains: faulty.flatMap(({ name }) => needing(name)),
  };
};
