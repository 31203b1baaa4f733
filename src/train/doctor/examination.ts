import { type Policy, parsePolicies } from './csp.js';
import { type CheckName, type Finding, broken, warning } from './finding.js';
import { readSetup, type Setup } from './setup.js';
import type { SeenFile, Told, Visit } from './visit.js';

/** What every check is given: the visit, and what several of them ask of it. */
export interface Examination extends Visit {
  readonly setup: Setup;
  /** the page's own policies */
  readonly policies: readonly Policy[];
  readonly isAnswered: boolean;
  file(url: string | undefined): SeenFile | undefined;
  /** what tillside told with one of these codes */
  toldOf(check: CheckName): Told | undefined;
}

export type Check = (examination: Examination) => Finding;

/** Which check a code of tillside belongs to; the others are listed by `reports`. */
const OWNERS: Readonly<Partial<Record<CheckName, RegExp>>> = {
  script: /^invalid-options$/,
  worker: /^(worker-.*|version-mismatch)$/,
  bundle: /^(bundle-.*|manifest-invalid|digest-mismatch|signature-invalid|model-.*|golden-mismatch)$/,
  tier: /^runtime-unavailable$/,
  ids: /^id-mismatch$/,
  offers: /^offers-/,
  cart: /^(source-.*|cart-action-failed)$/,
  widget: /^widget-failed$/,
};
/** Survived, and no fault of the shop's: worth a look. */
const MILD = /^(store-|event-dropped|source-conflict|cart-action-failed)/;

export function examine(visit: Visit): Examination {
  const { markup, running, pageHeaders, files } = visit;
  const told = [...running.told, ...(running.status?.diagnostics ?? []), ...(visit.slate?.error ? [visit.slate.error] : [])];
  return {
    ...visit,
    setup: readSetup(markup, running),
    policies: parsePolicies([pageHeaders['content-security-policy'] ?? '', ...markup.metaPolicies]),
    isAnswered: visit.slate !== undefined,
    file: (url) => (url === undefined ? undefined : files.get(url)),
    toldOf: (check) => told.find(({ code }) => OWNERS[check]?.test(code) && code !== 'source-picked'),
  };
}

/** What tillside told and no check is about, once a code. */
export function unclaimed({ running }: Visit): readonly Told[] {
  const first = running.told.filter(({ code }, i) => running.told.findIndex((other) => other.code === code) === i);
  return first.filter(({ code }) => !Object.values(OWNERS).some((pattern) => pattern.test(code)));
}

/** A problem of tillside's as a finding. Its messages say what was wrong, then the remedy. */
export function findingOf({ code, message }: Told): Finding {
  const end = message.search(/\.\s+[A-Z]/);
  const seen = `${end < 0 ? message.replace(/\.$/, '') : message.slice(0, end)} (${code})`;
  const remedy = end < 0 ? 'See docs/errors.md.' : message.slice(end + 1).trim();
  return MILD.test(code) ? warning(seen, remedy) : broken(seen, remedy);
}
