import type { Arm } from '../../core/domain/slate.js';
import { differenceOf, meanRange, momentsOf } from './intervals.js';
import type { Order } from './order.js';
import type { CartSize, Week } from './report.js';

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday. */
const MONDAY_OFFSET_DAYS = 3;
/** A share of fewer orders has no interval. */
const LEAST_ORDERS = 10;

const SIZES: readonly (readonly [name: string, least: number, most: number])[] = [
  ['1', 0, 1],
  ['2', 2, 2],
  ['3', 3, 3],
  ['4–5', 4, 5],
  ['6+', 6, Number.POSITIVE_INFINITY],
];

type Arms = Readonly<Record<Arm, readonly Order[]>>;

/** Splits the orders by the week, from Monday, UTC; none where an order has no date. */
export function splitByWeek({ treatment, holdout }: Arms): Week[] {
  const starts = [...treatment, ...holdout].map(({ orderedAt }) => weekOf(orderedAt ?? Number.NaN));
  if (starts.some(Number.isNaN)) return [];
  return [...new Set(starts)]
    .sort((a, b) => a - b)
    .map((start) => {
      const of = (orders: readonly Order[]) => {
        const own = orders.filter(({ orderedAt = 0 }) => weekOf(orderedAt) === start);
        const aov = meanRange(momentsOf(own.map(({ total }) => total)));
        return { orders: own.length, ...(own.length >= LEAST_ORDERS && { aov }) };
      };
      return { from: new Date(start).toISOString().slice(0, 10), treatment: of(treatment), holdout: of(holdout) };
    });
}

/** Splits the orders by their units: a shopper who takes a suggestion changes the size, so it is an outcome, and its share is what is compared. */
export function splitByCartSize({ treatment, holdout }: Arms): CartSize[] {
  if ([...treatment, ...holdout].some(({ units }) => units === undefined)) return [];
  const isCompared = Math.min(treatment.length, holdout.length) >= LEAST_ORDERS;
  return SIZES.map(([units, least, most]) => {
    const isOf = ({ units: own = 0 }: Order) => Number(own >= least && own <= most);
    const [ours, theirs] = [momentsOf(treatment.map(isOf)), momentsOf(holdout.map(isOf))];
    const difference = isCompared && ours.variance + theirs.variance > 0 ? { difference: differenceOf(ours, theirs) } : {};
    return { units, treatment: ours.mean, holdout: theirs.mean, ...difference };
  });
}

function weekOf(at: number): number {
  const day = Math.floor(at / DAY_MS);
  return (day - ((((day + MONDAY_OFFSET_DAYS) % 7) + 7) % 7)) * DAY_MS;
}
