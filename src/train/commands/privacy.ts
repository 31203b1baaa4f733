import type { Bundle } from '../../core/model/bundle.js';
import { trainingRecord } from './training-record.js';

/** What anyone who downloads a bundle can learn from it. */
export interface PrivacyFacts {
  readonly items: number;
  /** best sellers, most popular first: the order of the vocabulary gives it away */
  readonly bestSellers: readonly string[];
  readonly popularityLevels: number;
  /** directed edges of the neighbour table that purchases show */
  readonly edges: number;
  /** those that fewer visitors show: by nearness or by the catalogue */
  readonly foldedEdges: number;
  /** visitors that each edge needed */
  readonly minSupport: number;
  /** the strongest pairs, by title */
  readonly strongestPairs: readonly string[];
  readonly prices: number;
  readonly boosted: number;
  readonly hasModels: boolean;
  readonly hasVectors: boolean;
  /** settings and figures in the manifest */
  readonly trainingSessions: number;
  readonly trainingUntil: string;
}

const SHOWN = 10;

export function privacyFacts(bundle: Bundle): PrivacyFacts {
  const { index, manifest, neighbours, models } = bundle;
  const { settings, sessions, until } = trainingRecord(manifest);
  const foldedEdges = neighbours.folded?.reduce((sum, folded) => sum + folded, 0) ?? 0;
  const rows = Array.from({ length: index.count }, (_, i) => i + 1);
  const titleOf = (row: number) => bundle.factsOf(row).title ?? index.itemIdOf(row);
  return {
    items: index.count,
    bestSellers: rows.slice(0, SHOWN).map(titleOf),
    popularityLevels: new Set(rows.map((row) => index.popularityOf(row))).size,
    edges: neighbours.rows.length - foldedEdges,
    foldedEdges,
    minSupport: settings.minSupport,
    strongestPairs: strongestPairs(bundle).map(([from, to]) => `${titleOf(from)} + ${titleOf(to)}`),
    prices: rows.filter((row) => !Number.isNaN(index.priceOf(row))).length,
    boosted: rows.filter((row) => index.boostOf(row) !== 0).length,
    hasModels: models !== undefined,
    hasVectors: models?.itemTable !== undefined,
    trainingSessions: sessions,
    trainingUntil: until,
  };
}

/** The heaviest edges, each pair once. */
function strongestPairs({ index, neighbours }: Bundle): [from: number, to: number][] {
  const { starts, rows, weights } = neighbours;
  const edges: { from: number; to: number; weight: number }[] = [];
  for (let from = 1; from <= index.count; from++) {
    for (let i = starts[from] as number; i < (starts[from + 1] as number); i++) {
      if (neighbours.folded?.[i] === 1) continue;
      edges.push({ from, to: rows[i] as number, weight: weights[i] as number });
    }
  }
  edges.sort((a, b) => b.weight - a.weight);
  const pairs = new Map<string, [number, number]>();
  for (const { from, to } of edges) {
    if (pairs.size >= SHOWN) break;
    pairs.set(from < to ? `${from} ${to}` : `${to} ${from}`, [from, to]);
  }
  return [...pairs.values()];
}

export function printPrivacy(facts: PrivacyFacts): string {
  const number = (value: number) => value.toLocaleString('en');
  return [
    'A bundle is public: anyone can download it. From this one a competitor can read',
    '',
    ...(facts.trainingSessions > 0
      ? [
          `- which items sell best: all ${number(facts.items)} in order, in ${facts.popularityLevels} levels; no sales numbers. The first: ${facts.bestSellers.join(', ')}`,
        ]
      : []),
    ...(facts.edges > 0
      ? [
          `- what is bought with what: ${number(facts.edges)} edges, each seen with at least ${facts.minSupport} different visitors (sessions where visitors are unknown). The strongest: ${facts.strongestPairs.join('; ')}`,
        ]
      : []),
    ...(facts.foldedEdges > 0
      ? [
          `- what is like what: ${number(facts.foldedEdges)} edges by the nearness of items that ${facts.minSupport} visitors or more touched, each or as a group of like items, by what as many did of several such pairs together, and by the catalogue; fewer visitors, or none, show the pair itself`,
        ]
      : []),
    `- the catalogue as your pages show it, ${number(facts.prices)} prices among it`,
    `- which ${number(facts.boosted)} items you boost or hold back (three levels; margins are not in the bundle)`,
    facts.hasVectors
      ? '- item embeddings and network weights: which items are used alike, not who used them; an item that fewer visitors touched has that of its group, or none'
      : facts.hasModels
        ? '- the weights of the ranker, which say how much each signal counts and nothing of one item; no item embeddings'
        : '- no model weights: this bundle is tables only',
    facts.trainingSessions === 0
      ? '- that it was made of the catalogue alone'
      : `- that it was fitted on ${number(facts.trainingSessions)} sessions until ${facts.trainingUntil}, with the settings and figures of the manifest`,
    '',
    'It holds no visitor, no session, no order and no event.',
  ].join('\n');
}
