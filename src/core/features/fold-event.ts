// In: one event and the state so far. Out: the state after it, and what it counted. Pure but for its argument; runs wherever the engine runs.
import type { CartLine } from '../domain/cart.js';
import type { InteractionEvent } from '../domain/event.js';
import { SESSION_GAP_MS } from '../domain/session.js';
import {
  addPurchases,
  type ActionKind,
  type ItemActivity,
  MAX_ACTIVE_ITEMS,
  MAX_RECENT_ACTIONS,
  MAX_STEPS,
  type RecentAction,
  type SequenceStep,
  type SessionState,
} from './session-state.js';

/** The longest sliding window. */
export const LONGEST_WINDOW_MS = 300_000;

/** A wall clock set back by more than this starts the windows anew, so that no entry from "the future" lingers in them. */
const CLOCK_TOLERANCE_MS = 60_000;

const DAY_MS = 86_400_000;

/** Told of every countable action as it is folded in, and when the windows start anew. */
export interface ActionSink {
  count(action: RecentAction): void;
  /** a new session, or a clock set back: recount from the state */
  restart(state: SessionState): void;
}

/** Folds one event into the state, in place. */
export function foldEvent(state: SessionState, event: InteractionEvent & { readonly seq?: number }, sink?: ActionSink): void {
  if (enterSession(state, event.occurredAt)) sink?.restart(state);
  state.eventCount++;
  if (event.seq !== undefined) state.seq = event.seq;
  const counted = state.recent.length;
  applyEvent(state, event);
  if (sink) for (const action of state.recent.slice(counted)) sink.count(action);
  expireRecent(state, event.occurredAt);
}

/** @returns whether the windows start anew */
function enterSession(state: SessionState, at: number): boolean {
  const last = state.lastEventAt;
  state.lastEventAt = at;
  if (state.session === 0 || at - last > SESSION_GAP_MS) {
    state.session++;
    state.sessionStartedAt = at;
    state.eventCount = 0;
    state.lastMutationAt = 0;
    state.activity.clear();
    state.recent.length = 0;
    return true;
  }
  if (at >= last - CLOCK_TOLERANCE_MS) return false;
  state.recent.length = 0;
  state.sessionStartedAt = Math.min(state.sessionStartedAt, at);
  return true;
}

function applyEvent(state: SessionState, event: InteractionEvent): void {
  const { type, itemId } = event;
  if (type === 'view_cart') adoptCart(state, event);
  else if (type === 'purchase') closeCart(state, event);
  else if (itemId) applyItemEvent(state, { ...event, itemId });
}

/** An event that names an item. */
type ItemEvent = InteractionEvent & { readonly itemId: string };

function applyItemEvent(state: SessionState, event: ItemEvent): void {
  const { type, itemId, quantity } = event;
  const before = quantityOf(state, itemId);
  if (type === 'view_item') view(state, event);
  else if (type === 'add_to_cart') changeLine(state, event, before + (quantity ?? 1));
  else if (type === 'remove_from_cart') changeLine(state, event, quantity === undefined ? 0 : before - quantity);
  else if (type === 'update_cart') changeLine(state, event, quantity ?? 1);
  else if (type === 'dwell') dwell(state, event);
  else if (type === 'scroll') scroll(state, event);
  else if (type === 'dismiss') state.dismissed.add(itemId);
}

function view(state: SessionState, event: ItemEvent): void {
  const { itemId, occurredAt: at } = event;
  touch(state, itemId, at).views++;
  state.recent.push({ at, itemId, kind: 'view', amount: 1 });
  step(state, event, 'view');
  // A log carries dwell and depth on the view itself; a page sends them when the shopper leaves.
  if (event.dwellMs) dwell(state, event);
  if (event.scrollDepthRatio) scroll(state, event);
}

/** Sets a cart line to `quantity`; what it was decides whether that is an add, a remove or nothing. */
function changeLine(state: SessionState, event: ItemEvent, quantity: number): void {
  const { itemId } = event;
  const before = quantityOf(state, itemId);
  if (quantity > 0) {
    const price = event.price ?? state.cart.get(itemId)?.price;
    const currency = event.currency ?? state.cart.get(itemId)?.currency;
    state.cart.set(itemId, { itemId, quantity, price, currency } as CartLine);
  } else state.cart.delete(itemId);
  const after = Math.max(0, quantity);
  // Removing what is not there still says something about the shopper: a log that starts mid-session holds such rows.
  if (after === before && event.type !== 'remove_from_cart') return;
  const activity = touch(state, itemId, event.occurredAt);
  const kind: ActionKind = after > before ? 'add' : 'remove';
  if (kind === 'add') activity.adds++;
  else activity.removes++;
  activity.removed = after === 0;
  state.lastMutationAt = event.occurredAt;
  state.recent.push({ at: event.occurredAt, itemId, kind, amount: 1 });
  step(state, { ...event, quantity: Math.abs(after - before) || 1 }, kind);
}

function adoptCart(state: SessionState, event: InteractionEvent): void {
  if (!event.items) return;
  const shown = new Set(event.items.map((line) => line.itemId));
  for (const itemId of [...state.cart.keys()]) if (!shown.has(itemId)) changeLine(state, { ...event, itemId }, 0);
  for (const line of event.items) changeLine(state, { ...event, ...line }, line.quantity);
}

/** `items`: that was the whole order; `itemId`: one line of it; neither: the cart as known. */
function closeCart(state: SessionState, event: InteractionEvent): void {
  const bought = event.items?.map((line) => line.itemId) ?? (event.itemId ? [event.itemId] : [...state.cart.keys()]);
  const day = Math.floor(event.occurredAt / DAY_MS);
  addPurchases(
    state,
    bought.map((itemId) => ({ itemId, day })),
  );
  for (const itemId of bought) state.cart.delete(itemId);
  if (event.items || !event.itemId) state.cart.clear();
  const ids = new Set(bought);
  for (const past of state.steps) if (ids.has(past.itemId)) past.kind = 'purchase';
}

function dwell(state: SessionState, { itemId, occurredAt: at, dwellMs = 0 }: ItemEvent): void {
  const whole = Math.round(dwellMs); // whole ms: sums stay exact, so windows can subtract what they added
  if (!(whole > 0)) return;
  touch(state, itemId, at).dwellMs += whole;
  state.recent.push({ at, itemId, kind: 'dwell', amount: whole });
  const last = lastStepOf(state, itemId);
  if (last) last.dwellMs += whole;
}

function scroll(state: SessionState, { itemId, occurredAt: at, scrollDepthRatio = 0 }: ItemEvent): void {
  for (const seen of [touch(state, itemId, at), lastStepOf(state, itemId)]) {
    if (seen) seen.scrollDepthRatio = Math.max(seen.scrollDepthRatio, Math.min(1, scrollDepthRatio));
  }
}

function touch(state: SessionState, itemId: string, at: number): ItemActivity {
  const fresh = { views: 0, adds: 0, removes: 0, dwellMs: 0, scrollDepthRatio: 0, lastSeenAt: at, removed: false };
  const activity = state.activity.get(itemId) ?? fresh;
  state.activity.delete(itemId); // re-inserted last: the map stays ordered by last sight
  state.activity.set(itemId, activity);
  activity.lastSeenAt = at;
  if (state.activity.size > MAX_ACTIVE_ITEMS) {
    const oldest = state.activity.keys().next().value;
    if (oldest !== undefined) state.activity.delete(oldest);
  }
  return activity;
}

function step(state: SessionState, { itemId, occurredAt, quantity = 1 }: ItemEvent, kind: SequenceStep['kind']): void {
  state.steps.push({ itemId, kind, occurredAt, dwellMs: 0, scrollDepthRatio: 0, quantity, session: state.session });
  if (state.steps.length > MAX_STEPS) state.steps.shift();
}

function lastStepOf(state: SessionState, itemId: string): SequenceStep | undefined {
  return state.steps.findLast((past) => past.itemId === itemId && past.session === state.session);
}

function quantityOf(state: SessionState, itemId: string): number {
  return state.cart.get(itemId)?.quantity ?? 0;
}

/** Drops what no window can see any more, and the oldest of what is too much. */
function expireRecent({ recent }: SessionState, now: number): void {
  let expired = Math.max(0, recent.length - MAX_RECENT_ACTIONS);
  while (expired < recent.length && now - (recent[expired] as RecentAction).at > LONGEST_WINDOW_MS) expired++;
  recent.splice(0, expired);
}
