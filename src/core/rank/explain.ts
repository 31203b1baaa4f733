import type { Reason, ReasonCode, Signal, SignalContribution } from '../domain/slate.js';

/** What is known to be true of a candidate: a reason is only ever picked from it. */
export interface Evidence {
  readonly isPinned: boolean;
  /** the cart item whose own neighbour this is, by the strongest edge */
  readonly boughtWith?: { readonly itemId: string; readonly title?: string };
  readonly viewedWith?: { readonly itemId: string; readonly title?: string };
  readonly ownedWith?: { readonly itemId: string; readonly title?: string };
  readonly wasViewed: boolean;
  /** looked at for ten seconds or more */
  readonly wasStudied: boolean;
  readonly wasBought: boolean;
  readonly category?: string;
  /** its category is the cart's */
  readonly isOfCartCategory: boolean;
}

/** The reasons a signal can give, best first. */
const REASONS: Readonly<Record<Signal, readonly ReasonCode[]>> = {
  session: ['often-bought-with', 'goes-with-viewed'],
  cart: ['often-bought-with'],
  viewed: ['goes-with-viewed'],
  history: ['bought-before', 'because-you-bought'],
  dwell: ['you-spent-time-on-this', 'you-looked-at-this'],
  scroll: ['you-spent-time-on-this', 'you-looked-at-this'],
  interest: ['you-looked-at-this'],
  price: [],
  popularity: ['popular-in-category', 'popular'],
  context: [],
};

/** Reasons that speak of the cart or the shop only: the others need the shop's opt-in. */
const CART_REASONS: ReadonlySet<ReasonCode> = new Set(['often-bought-with', 'popular-in-category', 'popular', 'picked-by-shop']);

/** Picks the reason of the signal that moved the score most and of which something true can be said. */
export function explain(contributions: readonly SignalContribution[], evidence: Evidence, scope: 'cart' | 'session'): Reason {
  if (evidence.isPinned) return { code: 'picked-by-shop' };
  const ranked = contributions.filter((part) => part.contribution > 0).flatMap((part) => REASONS[part.signal]);
  // Below the model tier there are no contributions: what is true is said in this order.
  const fallback: ReasonCode[] = [
    'often-bought-with',
    'goes-with-viewed',
    'bought-before',
    'because-you-bought',
    'popular-in-category',
  ];
  for (const code of [...ranked, ...fallback]) {
    if (scope === 'cart' && !CART_REASONS.has(code)) continue;
    const reason = toReason(code, evidence);
    if (reason) return reason;
  }
  return { code: 'popular' };
}

function toReason(code: ReasonCode, evidence: Evidence): Reason | undefined {
  switch (code) {
    case 'often-bought-with':
      return evidence.boughtWith && { code, ...evidence.boughtWith };
    case 'goes-with-viewed':
      return evidence.viewedWith && { code, ...evidence.viewedWith };
    case 'because-you-bought':
      return evidence.ownedWith && { code, ...evidence.ownedWith };
    case 'you-spent-time-on-this':
      return evidence.wasStudied ? { code } : undefined;
    case 'bought-before':
      return evidence.wasBought ? { code } : undefined;
    case 'you-looked-at-this':
      return evidence.wasViewed ? { code } : undefined;
    case 'popular-in-category':
      return evidence.category !== undefined && evidence.isOfCartCategory ? { code, category: evidence.category } : undefined;
    default:
      return { code };
  }
}
