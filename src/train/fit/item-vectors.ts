// In: a range's sessions and its counted neighbours. Out: the vectors by which nearest items are found, and those that may be published. Node.
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { type WarmStart, warmEmbeddings } from '../bundle/read-warm-start.js';
import type { ProgressReporter } from '../progress.js';
import type { TrainSettings } from '../settings.js';
import type { ItemSessions } from './item-sessions.js';
import { fitSequenceEmbeddings } from './sequence-embedding.js';
import type { SequenceNeighbours } from './sequence-neighbours.js';
import { groupNearestFirst, groupPopularFirst } from './rare-groups.js';
import { shareVectors } from './shared-vectors.js';
import { embedSpectrally, narrowRows } from './spectral.js';
import type { RowVisitors } from './support.js';

/**
 * What a log gives vectors to learn. `browsing`: what comes next. `sparse-carts`: what else was bought, where few pairs of items have enough
 * visitors; `few-sparse-carts`: the same of a young shop. `carts`: nothing that the counted neighbours do not say.
 */
export type VectorSource = 'browsing' | 'sparse-carts' | 'few-sparse-carts' | 'carts';

/** Whether carts say too little of pairs of items to be read by counts alone. */
export function isSparse(source: VectorSource | undefined): boolean {
  return source === 'sparse-carts' || source === 'few-sparse-carts';
}

export interface VectorsFit {
  readonly source: VectorSource;
  readonly settings: Pick<TrainSettings, 'seed' | 'dim' | 'epochs' | 'minSupport' | 'brief'>;
  readonly progress: ProgressReporter;
  /** asked while vectors are fitted; true ends their fit */
  readonly isTimeUp?: (() => boolean) | undefined;
  /** whose vectors the embeddings start from */
  readonly warm?: WarmStart | undefined;
  readonly itemIds: readonly string[];
  /** the counted neighbours that vectors may be read from */
  readonly graph: NeighbourTable;
  readonly visitors: RowVisitors;
  /** whether enough visitors touched a row */
  isTouched(row: number): boolean;
}

/** Item vectors of a range. */
export interface ItemVectors {
  /** those that nearest items are found by */
  readonly near: Pick<SequenceNeighbours, 'embeddings' | 'dim' | 'groupOf'> & {
    isPublic(row: number): boolean;
  };
  /** `[count + 1, dim]` where the session model starts */
  readonly embeddings: Float32Array;
  /** whether a row's embedding may be published */
  isPublic(row: number): boolean;
  /** whether they are of an older bundle's space */
  readonly isWarm: boolean;
}

/** Width of the vectors by which carts' nearest items are found; the published ones may be narrower. */
const NEARNESS_WIDTH = 48;
/** What joins no group is never found; in few carts what is unlike others says little. */
const GROUPING = {
  browsing: groupNearestFirst,
  'sparse-carts': groupNearestFirst,
  'few-sparse-carts': groupPopularFirst,
} as const;

/** Fits the vectors that nearest items are found by, and the published ones, where the session model starts. */
export function fitVectors(sessions: ItemSessions, fit: VectorsFit): ItemVectors {
  const { source, settings, warm, itemIds, graph, isTouched } = fit;
  const dim = source === 'browsing' ? settings.dim : Math.max(NEARNESS_WIDTH, settings.dim);
  const spectral = embedSpectrally(graph, { ...settings, dim });
  fit.progress.done();
  const narrow = narrowRows(spectral, { width: dim, dim: settings.dim });
  const warmed = warm && warmEmbeddings(warm, itemIds, narrow);
  const start = warmed ?? narrow;
  const isWarm = warmed !== undefined;
  if (source === 'carts') {
    return { near: { embeddings: spectral, isPublic: isTouched, dim }, embeddings: start, isPublic: isTouched, isWarm };
  }
  const from = source === 'browsing' ? { start, warm: isWarm ? warm : undefined } : { start: spectral, warm: undefined };
  const learnt = fitSequences(sessions, { ...fit, ...from, settings: { ...settings, dim } });
  const sharing = { ...fit, dim, minSupport: settings.minSupport, groupRows: GROUPING[source] };
  const shared = { ...shareVectors(learnt, sharing), dim };
  return source === 'browsing'
    ? { near: shared, embeddings: shared.embeddings, isPublic: shared.isPublic, isWarm }
    : { near: shared, embeddings: start, isPublic: isTouched, isWarm };
}

/** Passes over the sessions for the vectors of a table-only bundle. */
const TABLE_ONLY_EPOCHS = 2;
/** More passes only learn a log by heart. */
const MOST_EPOCHS = 6;
/** Prefixes that a brief fit learns from, and that one which continues another does: 15 s and 10 s of a large catalogue. */
const BRIEF_PREFIXES = { fresh: 500_000, continued: 300_000 } as const;

/** The vectors that neighbours are found by, and where the session model starts. */
function fitSequences(
  sessions: ItemSessions,
  {
    start,
    warm,
    settings,
    progress,
    isTimeUp,
  }: Pick<VectorsFit, 'settings' | 'progress' | 'isTimeUp' | 'warm'> & { readonly start: Float32Array },
): Float32Array {
  progress.stage('item vectors', 100);
  const onProgress = (share: number, loss: number) => progress.tick(Math.round(100 * share), `loss ${loss.toFixed(3)}`);
  const epochs = Math.min(MOST_EPOCHS, Math.max(TABLE_ONLY_EPOCHS, settings.epochs));
  const mostPrefixes = settings.brief ? BRIEF_PREFIXES[warm?.isOwn ? 'continued' : 'fresh'] : undefined;
  const embeddings = fitSequenceEmbeddings(sessions, {
    ...settings,
    embeddings: start,
    epochs,
    mostPrefixes,
    onProgress,
    isTimeUp,
  });
  progress.done();
  return embeddings;
}
