// In: questions and tables that had not seen them. Out: how much each part of the tables' score counts. Node, main thread.
import type { ScoringTables } from '../../core/model/scorer.js';
import { blendParts, DEFAULT_BLEND, TABLE_PARTS, type TableBlend } from '../../core/model/table-blend.js';
import type { Query } from '../evaluate/query.js';
import { createAsker } from './ranker-examples.js';
import { measureRanker, type RankerFigures, ranksOf } from './ranker-figures.js';

/** Weights tried for each part. */
const STEPS = [0, 0.1, 0.2, 0.35, 0.6, 1, 1.5, 2.5, 4] as const;
/** Rounds over the parts: a third changes nothing that can be measured. */
const ROUNDS = 2;

interface BlendExample {
  readonly rows: Int32Array;
  readonly parts: Float32Array;
  readonly target: number;
}

/** Chooses the blend that orders the questions' candidates best, one part at a time. */
export function fitTableBlend(tables: ScoringTables, queries: readonly Query[]): { blend: TableBlend; figures: RankerFigures } {
  const examples = makeExamples(tables, queries);
  const measure = (blend: TableBlend) =>
    measureRanker(examples, (example) => blendParts(example.parts, example.rows, { blend, index: tables.index }));
  let blend = DEFAULT_BLEND;
  let figures = measure(blend);
  for (let round = 0; round < ROUNDS; round++) {
    for (let part = 0; part < TABLE_PARTS; part++) {
      if (!examples.some(({ parts }) => hasPart(parts, part))) continue;
      for (const weight of STEPS) {
        const tried = blend.with(part, weight);
        const found = measure(tried);
        if (found.mrr20 > figures.mrr20) [blend, figures] = [tried, found];
      }
    }
  }
  return { blend, figures };
}

/** What the tables alone make of the questions. */
export function measureTables(tables: ScoringTables, queries: readonly Query[]): RankerFigures {
  const { blend = DEFAULT_BLEND, index } = tables;
  return measureRanker(makeExamples(tables, queries), ({ parts, rows }) => blendParts(parts, rows, { blend, index }));
}

/**
 * HR@20 and MRR@20 of the tables alone, halved: the mean of what they are on a cart page's questions and on all others. Of those few are about
 * small carts, which is what most shoppers see a slate beside.
 *
 * @param most the newest so many of either are asked
 */
export function measureBothSizes(tables: ScoringTables, queries: readonly Query[], most: number): number {
  const parts = [true, false].map((isCartPage) => queries.filter(({ exclude }) => (exclude === 'cart') === isCartPage));
  const asked = parts.filter(({ length }) => length > 0);
  return asked.reduce((sum, part) => sum + hitsOf(tables, part.slice(-most)), 0) / Math.max(1, asked.length);
}

/** The mean of HR@20 and MRR@20. */
function hitsOf(tables: ScoringTables, queries: readonly Query[]): number {
  const { blend = DEFAULT_BLEND, index } = tables;
  const ranks = ranksOf(makeExamples(tables, queries), ({ parts, rows }) => blendParts(parts, rows, { blend, index }));
  const found = ranks.filter((rank) => rank <= 20);
  return found.reduce((sum, rank) => sum + (1 + 1 / rank) / 2, 0) / Math.max(1, ranks.length);
}

function makeExamples({ index, neighbours, log }: ScoringTables, queries: readonly Query[]): BlendExample[] {
  const ask = createAsker({ index, neighbours, log });
  return queries.map((query) => {
    const { rows, tableParts: parts, target } = ask(query);
    return { rows, parts, target };
  });
}

function hasPart(parts: Float32Array, part: number): boolean {
  for (let i = part; i < parts.length; i += TABLE_PARTS) if ((parts[i] as number) > 0) return true;
  return false;
}
