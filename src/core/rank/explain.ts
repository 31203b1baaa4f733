import type { Reason, ReasonCode, Signal, SignalContribution } from '../domain/slate.js';

/** Another item that a reason speaks of. */
interface NamedItem {
  readonly itemId: string;
  readonly title: string | undefined;
}

/** What is known to be true of a candidate: a reason is only ever picked from it. */
export interface Evidence {
  readonly isPinned: boolean;
  /** the cart item whose own neighbour this is, by the strongest edge */
  readonly boughtWith?: NamedItem | undefined;
  /** the cart item that it suits, though too few visitors bought both to say so */
  readonly goesWith?: NamedItem | undefined;
  readonly viewedWith?: NamedItem | undefined;
  readonly ownedWith?: NamedItem | undefined;
  readonly wasViewed: boolean;
  /** looked at for ten seconds or more */
  readonly wasStudied: boolean;
  readonly wasBought: boolean;
  readonly category?: string | undefined;
  /** its category is the cart's */
  readonly isOfCartCategory: boolean;
}

/** The reasons a signal can give, best first. */
const REASONS: Readonly<Record<Signal, readonly ReasonCode[]>> = {
  session: ['often-bought-with', 'goes-with-viewed'],
  cart: ['often-bought-with', 'goes-with'],
  viewed: ['goes-with-viewed', 'often-bought-with'],
  history: ['bought-before', 'because-you-bought'],
  dwell: ['you-spent-time-on-this', 'you-looked-at-this'],
  scroll: ['you-spent-time-on-this', 'you-looked-at-this'],
  interest: ['you-looked-at-this'],
  price: [],
  popularity: ['popular-in-category', 'popular'],
  context: [],
};

/** Below the model tier there are no contributions: what is true is said in this order. */
const FALLBACK = Object.values(REASONS).flat();

/** Reasons that speak of the cart or the shop only: the others need the shop's opt-in. */
const CART_REASONS: ReadonlySet<ReasonCode> = new Set([
  'often-bought-with',
  'goes-with',
  'popular-in-category',
  'popular',
  'picked-by-shop',
]);

/** Picks the reason of the signal that moved the score most and of which something true can be said. */
export function explain(contributions: readonly SignalContribution[], evidence: Evidence, scope: 'cart' | 'session'): Reason {
  if (evidence.isPinned) return { code: 'picked-by-shop' };
  const raising = contributions.filter((part) => part.contribution > 0);
  // Of two things that both raised a card and are both true of it, the more telling one is said.
  const hasDwell = raising.some((part) => part.signal === 'dwell');
  const ranked = raising.flatMap(({ signal }) => REASONS[hasDwell && signal === 'interest' ? 'dwell' : signal]);
  for (const code of [...ranked, ...FALLBACK]) {
    if (scope === 'cart' && !CART_REASONS.has(code)) continue;
    const reason = toReason(code, evidence);
    if (reason) return reason;
  }
  return { code: 'popular' };
}

/** What has to be true for a reason to be given, and what it then speaks of. */
const CLAIMS: Readonly<Partial<Record<ReasonCode, (evidence: Evidence) => Omit<Reason, 'code'> | false | undefined>>> = {
  'often-bought-with': ({ boughtWith }) => boughtWith,
  // The words need a name: there are none without one.
  'goes-with': ({ goesWith }) => goesWith?.title !== undefined && goesWith,
  'goes-with-viewed': ({ viewedWith }) => viewedWith,
  'because-you-bought': ({ ownedWith }) => ownedWith,
  'you-spent-time-on-this': ({ wasStudied }) => wasStudied && {},
  'bought-before': ({ wasBought }) => wasBought && {},
  'you-looked-at-this': ({ wasViewed }) => wasViewed && {},
  'popular-in-category': ({ isOfCartCategory, category }) => isOfCartCategory && !!category && { category },
};

function toReason(code: ReasonCode, evidence: Evidence): Reason | undefined {
  const claim = CLAIMS[code];
  const named = claim ? claim(evidence) : {};
  return named ? { code, ...named } : undefined;
}
