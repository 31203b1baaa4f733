import { columnOf as at, WIDTH } from './candidate-columns.js';
import type { ItemIndex } from './item-index.js';
import type { SessionState } from './session-state.js';
import { COUNTS_PER_GROUP, type CountedGroup, NO_COUNTS, type WindowCounters } from './window-counters.js';
import { writeScores } from './write-scores.js';

const DAY_MS = 86_400_000;
/** How fast an item's last sight and last purchase fade: to a third after 5 min, after 90 days. */
const RECENCY_MS = 300_000;
const OWNED_RECENCY_DAYS = 90;

/** The first columns of the blocks that are filled in a run: what a candidate is by itself, `[measure][window]`. */
const ITEM_AT = at('popularity');
const CATEGORY_AT = at('sameCategoryViews60s');
const BRAND_AT = at('sameBrandViews60s');
const BAND_AT = at('sameBandViews60s');
const TOTAL_AT = at('sessionViews60s');
/** Columns of an item in this session, and of one bought before. */
const ACTIVITY_COLUMNS = 8;
const HISTORY_COLUMNS = 2;

/** What the model and the tables say of the candidates, one value a candidate, not yet scaled. */
export interface CandidateScores {
  readonly lstm: Float32Array;
  /** nearness to the weighted mean of what was touched */
  readonly mean: Float32Array;
  /** nearness to the last item */
  readonly lastNear: Float32Array;
  readonly cartLift: Float32Array;
  readonly cartLiftMax: Float32Array;
  /** of what was touched, newer steps weighing more, in the cart or not */
  readonly recentLift: Float32Array;
  /** of the last step alone */
  readonly lastLift: Float32Array;
  readonly historyLift: Float32Array;
}

/** The session as the encoder sees it. */
export interface SessionView {
  readonly state: SessionState;
  /** where there is a model: nothing else reads them */
  readonly counters: WindowCounters;
  readonly index: ItemIndex;
  /** epoch ms */
  readonly now: number;
  /** local time − UTC, ms: an hour of the day is the shopper's */
  readonly utcOffsetMs: number;
}

/**
 * Encodes every candidate against the session.
 *
 * @returns `[candidates, CANDIDATE_FEATURES.length]`, raw: `normalise` comes after
 */
export function encodeCandidates(rows: Int32Array, scores: CandidateScores, view: SessionView): Float32Array {
  view.counters.advance(view.now);
  const features = new Float32Array(rows.length * WIDTH);
  const cart = summariseCart(view);
  const shared = encodeSession(view, cart);
  const places = new Map<string, number>();
  let place = view.state.activity.size;
  for (const itemId of view.state.activity.keys()) places.set(itemId, place--);
  // Of most groups nothing is counted, and nothing is to be copied.
  const logs = new Map<Float64Array, Float32Array>([[NO_COUNTS, new Float32Array()]]);
  const logsOf: ItemView['logsOf'] = (group, key) => {
    const counts = view.counters.of(group, key);
    let known = logs.get(counts);
    if (!known) {
      known = toLogs(counts);
      logs.set(counts, known);
    }
    return known;
  };
  const itemView = { ...view, cart, places, logsOf };
  if (rows.length > 0) features.set(shared);
  for (let done = WIDTH; done < features.length; done *= 2) features.copyWithin(done, 0, done);
  for (let i = 0; i < rows.length; i++) {
    encodeItem(features, i * WIDTH, { row: rows[i] as number, view: itemView });
  }
  writeScores(features, scores.lstm, { share: 'lstmScore', place: 'lstmPlace' });
  writeScores(features, scores.mean, { share: 'meanScore', place: 'meanPlace', log: 'meanLog' });
  writeScores(features, scores.lastNear, { share: 'lastScore' });
  writeScores(features, scores.cartLift, { share: 'cartLift', place: 'cartLiftPlace', log: 'cartLiftLog' });
  writeScores(features, scores.cartLiftMax, { share: 'cartLiftMax' });
  writeScores(features, scores.recentLift, { share: 'recentLift', place: 'recentLiftPlace', log: 'recentLiftLog' });
  writeScores(features, scores.lastLift, { share: 'lastLift' });
  writeScores(features, scores.historyLift, { share: 'historyLift', log: 'historyLiftLog' });
  return features;
}

interface CartSummary {
  readonly lines: number;
  readonly units: number;
  readonly value: number;
  /** per unit; NaN when no price is known */
  readonly meanPrice: number;
  readonly entropy: number;
  readonly unitsByCategory: ReadonlyMap<number, number>;
}

function summariseCart({ state, index }: SessionView): CartSummary {
  const unitsByCategory = new Map<number, number>();
  let units = 0;
  let value = 0;
  let pricedUnits = 0;
  for (const line of state.cart.values()) {
    const row = index.rowOf(line.itemId);
    const price = line.price ?? index.priceOf(row);
    units += line.quantity;
    if (Number.isFinite(price)) {
      value += price * line.quantity;
      pricedUnits += line.quantity;
    }
    const category = index.categoryOf(row);
    if (category > 0) unitsByCategory.set(category, (unitsByCategory.get(category) ?? 0) + line.quantity);
  }
  let entropy = 0;
  for (const n of unitsByCategory.values()) entropy -= (n / units) * Math.log(n / units);
  return {
    lines: state.cart.size,
    units,
    value,
    meanPrice: pricedUnits > 0 ? value / pricedUnits : Number.NaN,
    entropy,
    unitsByCategory,
  };
}

/** What a candidate is encoded against. */
interface ItemView extends SessionView {
  readonly cart: CartSummary;
  /** 1 for the item of this session that was seen last, 2 for the one before */
  readonly places: ReadonlyMap<string, number>;
  /** counts on a log scale, empty where all are 0: many candidates share them */
  logsOf(group: CountedGroup, key: number): Float32Array;
}

/** The columns that are the same for every candidate. */
function encodeSession({ state, counters, now, utcOffsetMs }: SessionView, cart: CartSummary): Float32Array {
  const into = new Float32Array(WIDTH);
  const local = now + utcOffsetMs;
  const hour = ((local / 3_600_000) % 24) * ((2 * Math.PI) / 24);
  const weekday = ((local / DAY_MS + 4) % 7) * ((2 * Math.PI) / 7); // the epoch was a Thursday
  into[at('cartSize')] = Math.log1p(cart.lines);
  into[at('cartValue')] = Math.log1p(cart.value);
  into[at('cartEntropy')] = cart.entropy;
  into[at('cartMeanPrice')] = Number.isNaN(cart.meanPrice) ? 0 : Math.log1p(cart.meanPrice);
  into[at('sinceMutation')] = state.lastMutationAt > 0 ? Math.log1p(Math.max(0, now - state.lastMutationAt) / 1000) : 0;
  into[at('sessionLength')] = Math.log1p(state.eventCount);
  into[at('sessionVariety')] = state.activity.size / Math.max(1, state.eventCount);
  into[at('sinceLastEvent')] = state.lastEventAt > 0 ? Math.log1p(Math.max(0, now - state.lastEventAt) / 1000) : 0;
  into[at('hourSin')] = Math.sin(hour);
  into[at('hourCos')] = Math.cos(hour);
  into[at('weekdaySin')] = Math.sin(weekday);
  into[at('weekdayCos')] = Math.cos(weekday);
  copy(toLogs(counters.total), into, TOTAL_AT);
  return into;
}

/** Writes an item's columns, in the order of their names, and its counts. */
function encodeItem(into: Float32Array, start: number, { row, view }: { row: number; view: ItemView }): void {
  const { index, state, now, cart, places, logsOf } = view;
  let next = start + ITEM_AT;
  const write = (value: number): void => {
    into[next++] = value;
  };
  const itemId = index.itemIdOf(row);
  write(index.popularityOf(row));
  write(index.boostOf(row));
  const activity = state.activity.get(itemId);
  if (activity) {
    const place = places.get(itemId) as number;
    write(Math.log1p(activity.views));
    write((activity.views + activity.adds) / Math.max(1, state.eventCount));
    write(Math.log1p(activity.dwellMs / 1000));
    write(activity.scrollDepthRatio);
    write(Math.exp(-Math.max(0, now - activity.lastSeenAt) / RECENCY_MS));
    write(1 / place);
    write(Number(place === 1));
    write(Number(activity.removed));
  } else next += ACTIVITY_COLUMNS;
  write(Math.log1p(state.cart.get(itemId)?.quantity ?? 0));
  const days = state.history.get(itemId);
  if (days) {
    const age = Math.max(0, Math.floor(now / DAY_MS) - (days.at(-1) as number));
    write(Math.log1p(days.length));
    write(Math.exp(-age / OWNED_RECENCY_DAYS));
  } else next += HISTORY_COLUMNS;
  const ratio = Math.log(index.priceOf(row) / cart.meanPrice);
  write(Number.isFinite(ratio) ? Math.max(-3, Math.min(3, ratio)) : 0);
  const category = index.categoryOf(row);
  write(cart.units > 0 ? (cart.unitsByCategory.get(category) ?? 0) / cart.units : 0);
  copy(logsOf('category', category), into, start + CATEGORY_AT);
  copy(logsOf('brand', index.brandOf(row)), into, start + BRAND_AT);
  copy(logsOf('band', index.priceBandOf(row)), into, start + BAND_AT);
}

/** Counts on a log scale; dwell in seconds. */
function toLogs(counts: Float64Array): Float32Array {
  const logs = new Float32Array(COUNTS_PER_GROUP);
  for (let i = 0; i < COUNTS_PER_GROUP; i++) {
    const count = counts[i] as number;
    if (count !== 0) logs[i] = Math.log1p(i >= COUNTS_PER_GROUP - 3 ? count / 1000 : count);
  }
  return logs;
}

/** Of so few numbers a loop is faster than `set`. */
function copy(from: Float32Array, into: Float32Array, at: number): void {
  for (let i = 0; i < from.length; i++) into[at + i] = from[i] as number;
}
