import { linesToAdd, parsePolicies, type Policy } from '../csp.js';
import { type CheckName, type Finding, broken, checksBetween, fine, warning } from '../finding.js';
import type { Check, Examination } from '../examination.js';
import type { Setup } from '../setup.js';

/** One thing that a policy refuses. */
interface Block {
  readonly what: string;
  readonly line: string;
  /** whose policy has to change */
  readonly home: string;
  readonly explains: readonly CheckName[];
  /** only where something else fails too */
  readonly isReserve?: boolean;
}

const PAGE = "the page's policy";
const POLICY_OF_WORKER = 'the policy that comes with worker.js';
const WITHOUT_SCRIPT = checksBetween('script', 'images');

/** Which line of a content security policy keeps out what. The pictures of cards are for `images` to judge. */
export const checkCsp: Check = (examination) => {
  const { policies } = examination;
  const workerPolicies = policiesOfWorker(examination);
  if (policies.length === 0 && workerPolicies.length === 0) return fine('no policy');
  const blocks = [
    ...scriptBlocks(examination),
    ...workerBlocks(examination),
    ...trustedTypesBlocks(examination),
    ...bundleBlocks(examination, workerPolicies),
    ...runtimeBlocks(examination, workerPolicies),
    ...offersBlocks(examination, workerPolicies),
    ...wasmBlocks(examination, workerPolicies),
  ];
  const worst = blocks.filter(({ isReserve }) => !isReserve);
  if (blocks.length === 0) return fine('the policy allows all that tillside needs');
  const told = worst.length > 0 ? worst : blocks;
  const seen = [...new Set(told.map(({ what }) => what))].join('; ');
  const remedy = [...new Set(told.map(({ line, home }) => `In ${home}: ${line}`))];
  return worst.length > 0
    ? { ...broken(seen, ...remedy), explains: told.flatMap(({ explains }) => explains) }
    : warning(seen, ...remedy);
};

function scriptBlocks({ setup, policies, running }: Examination): Block[] {
  const { tag, pageOrigin: origin } = setup;
  if (!tag) return [];
  const isRefused = running.violations.some(
    ({ directive, blocked }) => directive.startsWith('script-src') && blocked !== 'inline' && tag.src.startsWith(blocked),
  );
  // A tag with the right nonce loads whatever the list of hosts says.
  if (!isRefused && running.version !== undefined) return [];
  const block = { what: `script-src refuses ${tag.src}`, home: PAGE, explains: WITHOUT_SCRIPT };
  const lines = linesToAdd(policies, { directive: 'script-src', url: tag.src, origin });
  if (isRefused && lines.length === 0)
    return [{ ...block, line: "script-src goes by nonces: give the script tag the page's nonce" }];
  return lines.map((line) => ({ ...block, line }));
}

function workerBlocks({ setup, policies, isAnswered }: Examination): Block[] {
  const { workerUrl, pageOrigin: origin } = setup;
  if (workerUrl === undefined || !isAnswered) return [];
  const isOurs = isOwnWorker(setup);
  const refused = (isOurs ? [workerUrl] : ['blob:', workerUrl]).filter(
    (url) => linesToAdd(policies, { directive: 'worker-src', url, origin }).length > 0,
  );
  if (refused.length === 0) return [];
  const line = isOurs
    ? (linesToAdd(policies, { directive: 'worker-src', url: workerUrl, origin })[0] ?? '')
    : `worker-src blob: ${workerUrl}`;
  return [{ what: 'worker-src refuses the worker, so no model runs', line, home: PAGE, explains: ['worker', 'tier'] }];
}

function trustedTypesBlocks({ policies }: Examination): Block[] {
  return policies.flatMap((policy) => {
    const names = policy.get('trusted-types');
    if (names === undefined || names.some((name) => name === 'tillside' || name === '*')) return [];
    const kept = names.filter((name) => name !== "'none'");
    return [
      {
        what: 'trusted-types does not name the policy "tillside", so no worker starts',
        line: ['trusted-types', ...kept, 'tillside'].join(' '),
        home: PAGE,
        explains: ['worker', 'tier'] as const,
      },
    ];
  });
}

/** A worker from the shop's own origin obeys the policy that came with it; one from a blob, and the engine on the page, the page's. */
function bundleBlocks({ setup, policies, isAnswered, running }: Examination, workerPolicies: readonly Policy[]): Block[] {
  const { manifestUrl, workerUrl, pageOrigin: origin } = setup;
  if (manifestUrl === undefined || workerUrl === undefined || !isAnswered) return [];
  const wanted = { directive: 'connect-src', url: manifestUrl, origin } as const;
  const isOurs = isOwnWorker(setup);
  const isOnPage = running.status?.where === 'page';
  const inWorker = isOurs ? linesToAdd(workerPolicies, wanted) : [];
  const onPage = linesToAdd(policies, wanted);
  const explains: readonly CheckName[] = ['bundle', 'tier', 'ids', 'offers', 'widget', 'images'];
  if (inWorker.length > 0 && !isOnPage)
    return inWorker.map((line) => ({
      what: 'connect-src refuses the bundle to the worker',
      line,
      home: POLICY_OF_WORKER,
      explains,
    }));
  const isReserve = isOurs && !isOnPage;
  const what = isReserve
    ? 'connect-src refuses the bundle to the page, where it is needed when no worker runs'
    : 'connect-src refuses the bundle';
  return onPage.map((line) => ({ what, line, home: PAGE, explains, isReserve }));
}

/** What runs the model is loaded by the worker. */
function runtimeBlocks({ setup, toldOf }: Examination, workerPolicies: readonly Policy[]): Block[] {
  const { tfjsUrl, pageOrigin: origin } = setup;
  if (tfjsUrl === undefined || !toldOf('tier')) return [];
  const home = isOwnWorker(setup) ? POLICY_OF_WORKER : PAGE;
  const lines = linesToAdd(workerPolicies, { directive: 'script-src', url: tfjsUrl, origin });
  const what = 'script-src refuses what runs the model (runtime.js, tfjs.js) to the worker';
  return lines.map((line) => ({ what, line, home, explains: ['tier'] }));
}

/** What reads offers is loaded by the page and by the worker; the worker asks for the file. */
function offersBlocks({ setup, policies, isAnswered }: Examination, workerPolicies: readonly Policy[]): Block[] {
  const { offersUrl, manifestUrl, folderUrl, pageOrigin: origin } = setup;
  if (offersUrl === undefined || manifestUrl === undefined || folderUrl === undefined || !isAnswered) return [];
  // The page tells what the worker could not load as the worker's failure.
  const explains = ['worker', 'offers', 'reports'] as const;
  const scriptUrl = new URL('offers.js', folderUrl).href;
  const ofWorker = { home: POLICY_OF_WORKER, all: workerPolicies };
  const ofPage = { home: PAGE, all: policies };
  const script = (isOwnWorker(setup) ? [ofPage, ofWorker] : [ofPage]).flatMap(({ home, all }) =>
    linesToAdd(all, { directive: 'script-src', url: scriptUrl, origin }).map((line) => ({ home, line })),
  );
  const refusing = (url: string) => linesToAdd(workerPolicies, { directive: 'connect-src', url, origin });
  // Where the bundle is refused too, that is told.
  const file = refusing(manifestUrl).length > 0 ? [] : refusing(offersUrl);
  const home = isOwnWorker(setup) ? POLICY_OF_WORKER : PAGE;
  return [
    ...script.map((each) => ({ ...each, explains, what: 'script-src refuses offers.js, so no offer is shown' })),
    ...file.map((line) => ({ line, home, explains, what: 'connect-src refuses the offers to the worker' })),
  ];
}

/** WebAssembly is wanted with `data-wasm`, and by the own runtime where nothing else was asked for. */
function wasmBlocks({ setup, running }: Examination, workerPolicies: readonly Policy[]): Block[] {
  const wasm = setup.option('wasm');
  const isAsked = wasm !== undefined && wasm !== false && wasm !== 'false';
  const isMissed = running.status?.runtime === 'js' && setup.option('runtime') !== 'js';
  if (!isAsked && !isMissed) return [];
  return workerPolicies.flatMap((policy) => {
    const sources = policy.get('script-src') ?? policy.get('default-src');
    if (sources === undefined || sources.some((source) => /^'(wasm-)?unsafe-eval'$/.test(source))) return [];
    const line = ['script-src', ...sources.filter((source) => source !== "'none'"), "'wasm-unsafe-eval'"].join(' ');
    const what = 'script-src lets no WebAssembly compile: the model runs in plain JavaScript, with the same suggestions, slower';
    return [{ what, line, home: isOwnWorker(setup) ? POLICY_OF_WORKER : PAGE, explains: [], isReserve: true }];
  });
}

/** One from another origin starts from a blob, which has the page's policy. */
function isOwnWorker({ workerUrl, pageOrigin }: Setup): boolean {
  return workerUrl !== undefined && new URL(workerUrl).origin === pageOrigin;
}

function policiesOfWorker({ setup, file, policies }: Examination): readonly Policy[] {
  const { workerUrl } = setup;
  if (workerUrl === undefined || !isOwnWorker(setup)) return policies;
  return parsePolicies([file(workerUrl)?.headers['content-security-policy'] ?? '']);
}

/** The line that lets the pictures of cards in, where a policy of the page refuses one of them. */
export function lineForImages({ policies, setup }: Examination, urls: readonly string[]): Finding['remedy'] {
  const wanted = urls.map((url) => ({ directive: 'img-src' as const, url, origin: setup.pageOrigin }));
  return wanted.flatMap((each) => linesToAdd(policies, each)).slice(0, 1);
}
