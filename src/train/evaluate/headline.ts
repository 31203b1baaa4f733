// In: answers to all of a protocol's questions. Out: the figures that a cart page lives by: small carts, four places, rules applied. Runs in Node.
import type { SettingRounds } from './ask-rounds.js';
import type { Interval } from './bootstrap.js';
import { type Answers, pairedGain, SLATE_SIZE, SMALL_CART } from './evaluate.js';
import { nearDuplicates } from './list-metrics.js';
import { rankingMetrics } from './metrics.js';
import type { Protocol } from './query.js';
import { lineSlices } from './slices.js';
import { type Round, sliceRound, type TableScales } from './tabulate.js';

/** What the headline is read from, the protocol nearest to a cart page first: the answer must be new. */
const PROTOCOLS: readonly Protocol[] = ['cart-page', 'masked-basket', 'next-add', 'next-new-item'];
/** Of shoppers whose earlier purchases are known. */
const PARTS: readonly string[] = ['re-buy', 'first buy, history known'];

export interface Headline {
  readonly protocol: Protocol;
  readonly rows: readonly HeadlineRow[];
}

/** Hit rate in the top 4 of small carts, beside the baseline that is best on these very questions. */
export interface HeadlineRow {
  /** 0 = anonymous */
  readonly historyDays: number;
  /** `all`, `re-buy` or `first buy, history known` */
  readonly part: string;
  readonly queries: number;
  readonly hr4: number;
  readonly best: { readonly name: string; readonly hr4: number };
  /** paired, in HR@4 */
  readonly gain: Interval;
  /** by method, the model first: share of the top 4 that repeat what is shown; only for `all`, and where a catalogue says what repeats */
  readonly nearDuplicates4?: Readonly<Record<string, number>>;
}

/** The protocol that the headline reads, if any was asked. */
export function headlineProtocol(protocols: readonly Protocol[]): Protocol | undefined {
  return PROTOCOLS.find((protocol) => protocols.includes(protocol));
}

/** The rows of each setting of the headline's protocol. */
export function toHeadline(settings: readonly SettingRounds[], scales: TableScales): Headline | undefined {
  const [first] = settings;
  if (first === undefined) return undefined;
  const rows = settings.flatMap(({ setting: { historyDays }, rounds }) =>
    toRows(rounds.at(-1) as Round, scales).map((row) => ({ historyDays, ...row })),
  );
  return { protocol: first.setting.protocol, rows };
}

function toRows(round: Round, scales: TableScales): Omit<HeadlineRow, 'historyDays'>[] {
  const small = smallCarts(round);
  const parts = lineSlices(small.queries, scales).filter(({ name }) => PARTS.includes(name));
  const whole = toRow('all', small);
  if (whole === undefined) return [];
  const rows = parts.flatMap(({ name, keep }) => toRow(name, sliceRound(small, keep)) ?? []);
  return [{ ...whole, ...duplicatesOf(small, scales) }, ...rows];
}

/** The questions about carts that a page would call small. */
export function smallCarts(round: Round) {
  const keep = [...round.queries.keys()].filter((i) => (round.queries[i]?.shown.length ?? 0) <= SMALL_CART);
  return sliceRound(round, keep);
}

function toRow(
  part: string,
  { queries, answers, resamples }: ReturnType<typeof sliceRound>,
): Omit<HeadlineRow, 'historyDays'> | undefined {
  const [ours, ...others] = answers as [Answers, ...Answers[]];
  const hr4 = ({ ranks }: Answers) => rankingMetrics(ranks, SLATE_SIZE).hr;
  const best = others.toSorted((a, b) => hr4(b) - hr4(a))[0];
  if (best === undefined || queries.length === 0) return undefined;
  const gain = pairedGain(ours, best, { resamples, figure: 'HR', k: SLATE_SIZE });
  return { part, queries: queries.length, hr4: hr4(ours), best: { name: best.name, hr4: hr4(best) }, gain };
}

function duplicatesOf({ queries, answers }: Round, { likeness }: TableScales): Pick<HeadlineRow, 'nearDuplicates4'> {
  if (likeness === undefined) return {};
  const shown = queries.map((query) => query.shown);
  const shareOf = ({ lists }: Answers) =>
    nearDuplicates(
      lists.map((list) => list.slice(0, SLATE_SIZE)),
      shown,
      likeness.isNearDuplicate,
    );
  return { nearDuplicates4: Object.fromEntries(answers.map((each) => [each.name, shareOf(each)])) };
}
