// In: answers about small carts and prices. Out: what four places would have sold, as far as withheld baskets can say. Runs in Node.
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import type { SettingRounds } from './ask-rounds.js';
import type { Interval, Resamples } from './bootstrap.js';
import { type Answers, SLATE_SIZE } from './evaluate.js';
import { smallCarts } from './headline.js';
import type { Query } from './query.js';
import type { Round, Setting } from './tabulate.js';

/** Share of the views in which the n-th place is looked at: 1 / log2(1 + n). It is an assumption; `--exposures` measures it. */
export const ASSUMED_EXAMINATION: readonly number[] = Array.from({ length: SLATE_SIZE }, (_, i) => 1 / Math.log2(2 + i));

/** What the items that shoppers really took would have come to, had they been taken from the slate. */
export interface Replay {
  /** examination by place, 1 = the first is always looked at */
  readonly examination: readonly number[];
  /** ISO 4217, absent where the catalogue does not say */
  readonly currency?: string;
  readonly rows: readonly ReplayRow[];
}

export interface ReplayRow extends Setting {
  readonly queries: number;
  /** the model first, then the baseline that hits most */
  readonly methods: readonly ReplayFigures[];
}

export interface ReplayFigures {
  readonly method: string;
  /** chance that the withheld item stands among the four, every place looked at: an upper bound */
  readonly hit4: Interval;
  /** the same by place: `[4]` */
  readonly hitAt: readonly number[];
  /** items taken from the slate per 1,000 cart views, the lower places looked at less */
  readonly addsPer1000: Interval;
  /** their prices, one unit each; absent where fewer than half of the hits have one */
  readonly revenuePer1000?: Interval;
}

interface ReplayInput {
  readonly log: EventLog;
  readonly train: SessionRange;
  readonly catalog?: readonly CatalogRow[];
}

/** The estimate for small carts, a row a memory. */
export function toReplay(settings: readonly SettingRounds[], { log, train, catalog = [] }: ReplayInput): Replay | undefined {
  const rows = settings.flatMap(({ setting, rounds }): ReplayRow[] => {
    const small = smallCarts(rounds.at(-1) as Round);
    const [ours, ...others] = small.answers as [Answers, ...Answers[]];
    const best = others.toSorted((a, b) => hitsOf(b) - hitsOf(a))[0];
    if (small.queries.length === 0) return [];
    const figures = [ours, ...(best ? [best] : [])].map((each) => figuresOf(each, small, pricesOf(log, train, catalog)));
    return [{ ...setting, queries: small.queries.length, methods: figures }];
  });
  const currencies = new Set(catalog.flatMap(({ currency }) => currency ?? []));
  const [currency] = currencies;
  if (rows.length === 0) return undefined;
  return { examination: ASSUMED_EXAMINATION, ...(currency !== undefined && currencies.size === 1 && { currency }), rows };
}

function hitsOf({ ranks }: Answers): number {
  return ranks.reduce((hits, rank) => hits + (rank <= SLATE_SIZE ? 1 : 0), 0);
}

function figuresOf(
  { name, ranks }: Answers,
  { queries, resamples }: { readonly queries: readonly Query[]; readonly resamples: Resamples },
  priceOf: (itemId: string) => number,
): ReplayFigures {
  const isHit = (rank: number) => rank <= SLATE_SIZE;
  // a tie stands between two places
  const examined = ranks.map((rank) => (isHit(rank) ? (ASSUMED_EXAMINATION[Math.round(rank) - 1] as number) : 0));
  const prices = queries.map(({ target }) => priceOf(target));
  const hits = [...ranks.keys()].filter((i) => isHit(ranks[i] as number));
  const isPriced = 2 * hits.filter((i) => Number.isFinite(prices[i])).length >= hits.length;
  const revenue = examined.map((share, i) => (share > 0 && Number.isFinite(prices[i]) ? share * (prices[i] as number) : 0));
  const per1000 = (values: Float64Array) => resamples.intervalOf(values.map((value) => 1000 * value));
  return {
    method: name,
    hit4: resamples.intervalOf(ranks.map((rank) => (isHit(rank) ? 1 : 0))),
    hitAt: ASSUMED_EXAMINATION.map((_, i) => ranks.filter((rank) => Math.round(rank) === i + 1).length / ranks.length),
    addsPer1000: per1000(examined),
    ...(isPriced && hits.length > 0 && { revenuePer1000: per1000(revenue) }),
  };
}

/** The catalogue's price, else the last one in the training sessions; NaN where there is none. */
function pricesOf(log: EventLog, { to }: SessionRange, catalog: readonly CatalogRow[]): (itemId: string) => number {
  const prices = new Map<string, number>();
  const end = log.sessionStarts[to] ?? 0;
  for (let i = 0; i < end; i++) {
    const price = log.price[i] as number;
    if (price > 0) prices.set(log.itemIds[log.item[i] as number] as string, price);
  }
  for (const { itemId, price } of catalog) if (price !== undefined) prices.set(itemId, price);
  return (itemId) => prices.get(itemId) ?? Number.NaN;
}
