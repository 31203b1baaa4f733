import type { Range } from './intervals.js';

/** What is measured; the names are those of `--json`. */
export type Metric = 'aov' | 'aovTrimmed' | 'addOnRate' | 'unitsPerOrder' | 'conversion' | 'revenuePerVisitor';

/** One figure in both arms. */
export interface Comparison {
  readonly metric: Metric;
  readonly treatment: number;
  readonly holdout: number;
  /** treatment − holdout */
  readonly difference: Range;
  /** treatment ÷ holdout */
  readonly ratio: Range;
}

export interface ArmTotals {
  readonly orders: number;
  readonly revenue: number;
  /** as `--visitors` says */
  readonly visitors?: number;
}

/** Whether lots were drawn as they should: a chi-square test of the arms' shares. */
export interface RatioCheck {
  /** what is counted */
  readonly of: 'visitors' | 'orders';
  /** expected share of holdout */
  readonly expected: number;
  readonly observed: number;
  readonly pValue: number;
  /** less likely than one in a thousand */
  readonly isMismatch: boolean;
}

/** An arm in one week. */
export interface ArmWeek {
  readonly orders: number;
  /** average order value with its 95 % interval; absent where there are too few orders */
  readonly aov?: Range;
}

export interface Week {
  /** its Monday, `2026-05-04` */
  readonly from: string;
  readonly treatment: ArmWeek;
  readonly holdout: ArmWeek;
}

export interface CartSize {
  /** `1`, `2`, `3`, `4–5`, `6+` */
  readonly units: string;
  /** of the arm's orders */
  readonly treatment: number;
  readonly holdout: number;
  /** of the shares; absent where an arm has too few orders */
  readonly difference?: Range;
}

/** How many orders a test takes. */
export interface Power {
  /** the effect to be told from chance, relative to holdout */
  readonly effect: number;
  /** for the average order value, both arms together, at 80 % power */
  readonly ordersNeeded: number;
  readonly ordersLeft: number;
  /** at the pace so far; absent without dates */
  readonly weeksLeft?: number;
  /** the smallest relative effect that the orders so far would show with 80 % power */
  readonly detectable: number;
}

/** All that `tillside uplift` prints. */
export interface UpliftReport {
  readonly from?: string;
  readonly until?: string;
  readonly currency: string;
  readonly arms: { readonly treatment: ArmTotals; readonly holdout: ArmTotals };
  /** orders that carry no arm, and so are not part of the test */
  readonly withoutArm: number;
  readonly cancelled: number;
  readonly repeated: number;
  readonly comparisons: readonly Comparison[];
  /** an order above it counts as it in `aovTrimmed` */
  readonly trimmedAt: number;
  readonly check: RatioCheck;
  readonly power?: Power;
  readonly weeks: readonly Week[];
  readonly cartSizes: readonly CartSize[];
  /** figures that cannot be given, and why */
  readonly missing: readonly string[];
}
