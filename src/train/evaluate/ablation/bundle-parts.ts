// In: a bundle. Out: the same bundle with one part switched off at a time, as methods to measure. Nothing is fitted again. Runs in Node.
import type { Signal } from '../../../core/domain/slate.js';
import { type CandidateFeature, signalOf } from '../../../core/features/feature-names.js';
import type { Bundle } from '../../../core/model/bundle.js';
import type { FileRole } from '../../../core/model/bundle-format.js';
import type { NeighbourTable } from '../../../core/model/neighbour-table.js';
import type { ModelRuntime } from '../../../core/model/runtime.js';
import { RANKER_PARTS, type RankerPart } from '../../fit/ranker-parts.js';
import type { Query } from '../query.js';
import type { Recommender } from '../recommender.js';
import { createBundleRecommender } from '../session-recommender.js';
import type { Setting } from '../tabulate.js';

/** A part of the model, off. */
export interface AblatedPart {
  /** what is off */
  readonly name: string;
  /** bytes of the bundle's files that would go with it; 0 where it is a way of reading files that stay */
  readonly bytes: number;
  readonly recommender: Recommender;
  /** whether training fed all of it as constant: off or not, the answers are the same */
  readonly isIdle?: boolean;
}

interface Open {
  readonly bundle: Bundle;
  readonly runtime: ModelRuntime | undefined;
}

/** The parts that a bundle has and a setting reads, each off in turn. They run on the runtime given: dispose it after the last answer. */
export function ablatedParts(open: Open, { protocol, historyDays }: Setting): AblatedPart[] {
  const { bundle, runtime } = open;
  const full = methodOf(open);
  const parts: (AblatedPart | undefined)[] = [
    toPart('neighbour table', methodOf(withoutTable(open)), bytesOf(bundle, ['neighbours'])),
    bundle.manifest.log === 'sessions' ? toPart('second hop', methodOf(withoutSecondHop(open))) : undefined,
    historyDays > 0
      ? toPart(
          'own purchases',
          asked(full, (query) => ({ ...query, history: [] })),
        )
      : undefined,
    protocol === 'next-item'
      ? toPart(
          'repeats',
          asked(full, (query) => ({ ...query, exclude: 'shown' })),
        )
      : undefined,
    ...(runtime ? rankerParts(bundle, runtime) : []),
  ];
  return parts.filter((part) => part !== undefined);
}

const SESSION_FILES: readonly FileRole[] = ['session-model', 'session-weights', 'item-table'];
const RANKER_FILES: readonly FileRole[] = ['ranker-model', 'ranker-weights'];

/** What only a bundle with models has: the ranker, its groups of features and, where there is one, the session model. */
function rankerParts(bundle: Bundle, runtime: ModelRuntime): AblatedPart[] {
  const hasSession = bundle.models?.session !== undefined;
  const { names, deviation } = bundle.manifest.features.candidate;
  const featuresOff = (part: RankerPart): AblatedPart => ({
    ...toPart(part, methodOf({ bundle, runtime: muted({ bundle, runtime }, RANKER_PARTS[part]) })),
    isIdle: columnsOf(names, RANKER_PARTS[part]).every((column) => deviation[column] === 0),
  });
  return [
    ...(hasSession
      ? [toPart('session model', methodOf(withoutSession({ bundle, runtime })), bytesOf(bundle, SESSION_FILES))]
      : []),
    featuresOff('behaviour features'),
    featuresOff('context features'),
    featuresOff('popularity features'),
    toPart(
      hasSession ? 'ranker and session model' : 'ranker',
      methodOf({ bundle, runtime: undefined }),
      bytesOf(bundle, [...RANKER_FILES, ...SESSION_FILES]),
    ),
  ];
}

function toPart(name: string, recommender: Recommender, bytes = 0): AblatedPart {
  return { name, bytes, recommender: { ...recommender, name } };
}

function methodOf({ bundle, runtime }: Open): Recommender {
  return createBundleRecommender(bundle, runtime);
}

function asked(full: Recommender, change: (query: Query) => Query): Recommender {
  return { ...full, recommend: (query, k) => full.recommend(change(query), k) };
}

function withoutTable(open: Open): Open {
  const empty: NeighbourTable = {
    starts: new Uint32Array(open.bundle.neighbours.starts.length),
    rows: new Uint32Array(),
    weights: new Float32Array(),
  };
  return { bundle: { ...open.bundle, neighbours: empty }, runtime: open.runtime && muted(open, ['cart', 'viewed']) };
}

/** Tables of carts are read without it. */
function withoutSecondHop({ bundle, runtime }: Open): Open {
  return { bundle: { ...bundle, manifest: { ...bundle.manifest, log: 'carts' } }, runtime };
}

/** As it would be without the files: neither scores nor candidates of the session model. */
function withoutSession({ bundle, runtime }: Open): Open {
  const ranker = bundle.models && { ranker: bundle.models.ranker };
  const open = { bundle: { ...bundle, ...(ranker && { models: ranker }) }, runtime };
  return { ...open, runtime: muted(open, RANKER_PARTS['session model']) };
}

/** The ranker with the columns of some signals at their mean of training. */
function muted({ bundle, runtime }: Open, signals: readonly Signal[]): ModelRuntime | undefined {
  if (runtime === undefined) return undefined;
  const { names } = bundle.manifest.features.candidate;
  const columns = columnsOf(names, signals);
  return {
    ...runtime,
    rankCandidates(features, count) {
      const kept = features.slice();
      for (let from = 0; from < kept.length; from += names.length) for (const column of columns) kept[from + column] = 0;
      return runtime.rankCandidates(kept, count);
    },
    dispose() {}, // it is the whole model's
  };
}

function columnsOf(names: readonly string[], signals: readonly Signal[]): number[] {
  return names.flatMap((name, column) => (signals.includes(signalOf(name as CandidateFeature)) ? [column] : []));
}

function bytesOf({ manifest }: Bundle, roles: readonly FileRole[]): number {
  return manifest.files.filter(({ role }) => roles.includes(role)).reduce((sum, { bytes }) => sum + bytes, 0);
}
