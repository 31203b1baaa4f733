/** What is looked at, in the order of the table: what can explain others stands before them. */
export const CHECK_NAMES = [
  'page',
  'csp',
  'cors',
  'script',
  'files',
  'consent',
  'worker',
  'bundle',
  'tier',
  'ids',
  'offers',
  'cart',
  'widget',
  'images',
  'caching',
  'compression',
  'reports',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** The checks from the first to the last, both among them. */
export function checksBetween(first: CheckName, last: CheckName): readonly CheckName[] {
  return CHECK_NAMES.slice(CHECK_NAMES.indexOf(first), CHECK_NAMES.indexOf(last) + 1);
}

/** `skipped`: it could not be judged, which is no complaint. */
export type Verdict = 'fine' | 'warning' | 'broken' | 'skipped';

/** What one check saw, in words for a shop's developer. */
export interface Finding {
  readonly verdict: Verdict;
  readonly seen: string;
  /** what to do, a line each; there is one for every warning and everything broken */
  readonly remedy?: readonly string[];
  /** checks that can say no more because of this */
  readonly explains?: readonly CheckName[];
}

export interface NamedFinding extends Finding {
  readonly check: CheckName;
  /** the check that has said why this one can say no more */
  readonly because?: CheckName;
}

export const fine = (seen: string): Finding => ({ verdict: 'fine', seen });
export const skipped = (seen: string): Finding => ({ verdict: 'skipped', seen });
export const warning = (seen: string, ...remedy: readonly string[]): Finding => ({ verdict: 'warning', seen, remedy });
export const broken = (seen: string, ...remedy: readonly string[]): Finding => ({ verdict: 'broken', seen, remedy });
