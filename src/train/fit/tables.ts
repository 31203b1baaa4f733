// In: a range of a log and the catalogue. Out: everything of a bundle that needs no gradient: rows, facts, neighbours, first embeddings.
import type { ItemIndex } from '../../core/features/item-index.js';
import { createItemIndex } from '../../core/model/item-index.js';
import { decodeNeighbours, encodeNeighbours, type NeighbourTable } from '../../core/model/neighbour-table.js';
import { createVocabulary } from '../../core/model/vocabulary.js';
import { type WarmStart, warmEmbeddings } from '../bundle/read-warm-start.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import { fitsSession, type TrainSettings } from '../settings.js';
import type { WeighOf } from './content-strength.js';
import { createLikeCheck } from './content-evidence.js';
import { type ContentVectors, fitContentVectors } from './content-vectors.js';
import { CART_COOCCURRENCE, createCooccurrence, SESSION_COOCCURRENCE } from './cooccurrence.js';
import { foldCatalog } from './fold-catalog.js';
import { fitItems, type FittedItems, medianPrices } from './item-facts.js';
import { type ItemSessions, toItemSessions } from './item-sessions.js';
import { buildNeighbours, markUnsupported, trimToBytes } from './neighbour-builder.js';
import { createRestrictedEase, EASE_SHAPE, type EaseShape } from './restricted-ease.js';
import { fitSequenceEmbeddings } from './sequence-embedding.js';
import { createSequenceNeighbours } from './sequence-neighbours.js';
import { shareVectors } from './shared-vectors.js';
import { embedSpectrally, narrowRows } from './spectral.js';
import { createSupportCheck, createTouchCheck, type RowVisitors, visitorsOfRows } from './support.js';
import { fitVocabulary, type Vocabulary } from './vocabulary.js';

/** The tables of a bundle, as they ship. */
export interface FittedTables {
  readonly vocabulary: Vocabulary;
  readonly items: FittedItems;
  readonly index: ItemIndex;
  readonly neighbours: NeighbourTable;
  /** the same before it was cut to the bundle's bytes, and before it was packed: what bytes cost is measured by them; absent without a log */
  readonly whole?: { readonly uncut: NeighbourTable; readonly unpacked: NeighbourTable };
  /** `[count + 1, dim]` where the session model starts */
  readonly embeddings: Float32Array;
  /** whether enough visitors touched a row, or the group whose vector it has, for that to be published */
  isPublic(row: number): boolean;
  /** whether they are of an older bundle's space */
  readonly isWarm: boolean;
}

export interface TablesFit {
  readonly range: SessionRange;
  readonly catalog: readonly CatalogRow[];
  readonly settings: Pick<TrainSettings, 'seed' | 'dim' | 'epochs' | 'neighbours' | 'minSupport' | 'recipe' | 'brief'>;
  readonly progress: ProgressReporter;
  /** how carts are read, default `EASE_SHAPE` */
  readonly easeShape?: EaseShape | undefined;
  /** leaves out the fold of the catalogue: a table to compare shapes by */
  readonly isDraft?: boolean;
  /** asked while vectors are fitted; true ends their fit */
  isTimeUp?: (() => boolean) | undefined;
  /** whose vectors the embeddings start from */
  readonly warm?: WarmStart | undefined;
}

/** Fits the tables of a range of sessions. */
export function fitTables(
  log: EventLog,
  { range, catalog, settings, progress, easeShape, isDraft = false, warm, isTimeUp }: TablesFit,
): FittedTables {
  const vocabulary = fitVocabulary(log, range, catalog);
  const { count, itemIds, sessions: counts, popularity } = vocabulary;
  const items = fitItems(vocabulary, catalog, medianPrices(log, range, vocabulary));
  const index = createItemIndex(createVocabulary(itemIds, items.aliases), items.columns);
  const sessions = toItemSessions(log, range, vocabulary);
  progress.stage('neighbours', 100);
  const isCarts = log.kind === 'carts';
  const vectors = fitContentVectors(itemIds, catalog);
  const weighOf = createWeigher(log, { vectors, settings, easeShape, progress });
  const weigh = weighOf(sessions, { counts, popularity });
  const visitors = visitorsOfRows(sessions, count);
  const isSupported = createSupportCheck(visitors, settings.minSupport);
  const isTouched = createTouchCheck(visitors, settings.minSupport);
  const limits = { count, neighbours: settings.neighbours };
  const likeness = isEase(log, settings) && (easeShape ?? EASE_SHAPE).content > 0 ? vectors : undefined;
  const isPublished = likeness ? orLike(createLikeCheck(likeness, count), { isSupported, isTouched }) : isSupported;
  const supported = buildNeighbours({ ...limits, isSupported: isPublished }, weigh);
  // Of items that enough visitors touched, vectors read every pair: all sessions move them together. On carts the others have none.
  const isRead = (row: number, other: number) => !isCarts || (isTouched(row) && isTouched(other));
  const graph = buildNeighbours({ ...limits, isSupported: isRead }, weigh);
  const vectorsFit = { settings, progress, warm, isTimeUp, isCarts, isTouched, graph, visitors, itemIds };
  const { near, embeddings, isWarm } = fitVectors(sessions, vectorsFit);
  const strength = isCarts ? (row: number) => CART_NEARNESS * weightOf(graph, row) : () => 1;
  const weighNear = createSequenceNeighbours({ ...limits, ...near, graph, supported, strength });
  const table = buildNeighbours({ ...limits, isSupported: () => true }, weighNear);
  const fold = { kind: log.kind, catalog, vectors, itemIds, counts, sessions, weighOf, settings };
  const folded = isDraft ? { neighbours: table } : foldCatalog(table, fold);
  const uncut = markUnsupported(folded.neighbours, isSupported);
  const shipped = trimToBytes(uncut, tableBytes(count, settings));
  return {
    vocabulary,
    items,
    index,
    neighbours: decodeNeighbours(encodeNeighbours(shipped)),
    whole: { uncut, unpacked: shipped },
    embeddings,
    isPublic: near.isPublic,
    isWarm,
  };
}

interface VectorsFit extends Pick<TablesFit, 'settings' | 'progress' | 'isTimeUp' | 'warm'> {
  readonly isCarts: boolean;
  isTouched(row: number): boolean;
  /** the neighbours that enough visitors carry to be read from vectors */
  readonly graph: NeighbourTable;
  readonly visitors: RowVisitors;
  readonly itemIds: readonly string[];
}

/** Fits the vectors that nearest items are found by, and the published ones, where the session model starts. */
function fitVectors(sessions: ItemSessions, { isCarts, isTouched, graph, visitors, itemIds, ...fit }: VectorsFit) {
  const { settings, warm } = fit;
  const dim = isCarts ? Math.max(NEARNESS_WIDTH, settings.dim) : settings.dim;
  const spectral = embedSpectrally(graph, { ...settings, dim });
  fit.progress.done();
  const narrow = narrowRows(spectral, { width: dim, dim: settings.dim });
  const warmed = warm && warmEmbeddings(warm, itemIds, narrow);
  const start = warmed ?? narrow;
  const isWarm = warmed !== undefined;
  if (isCarts) return { near: { embeddings: spectral, isPublic: isTouched, dim }, embeddings: start, isWarm };
  const learnt = fitSequences(sessions, { ...fit, start, warm: isWarm ? warm : undefined });
  const shared = shareVectors(learnt, { ...settings, graph, visitors });
  return { near: { ...shared, dim }, embeddings: shared.embeddings, isWarm };
}

/** What descriptions alone say of two items needs no visitors who had both; such an edge is marked, and claims no purchase. */
function orLike(
  isLike: (row: number, other: number) => boolean,
  { isSupported, isTouched }: { isSupported: (row: number, other: number) => boolean; isTouched: (row: number) => boolean },
): (row: number, other: number) => boolean {
  return (row, other) => isSupported(row, other) || (isTouched(row) && isTouched(other) && isLike(row, other));
}

/** Whether the counted neighbours of this log are those of EASE, which alone leaves out what too few visitors did of like pairs. */
function isEase({ kind }: EventLog, { recipe }: Pick<TrainSettings, 'recipe'>): boolean {
  return (recipe?.table ?? (kind === 'carts' ? 'ease' : 'cooccurrence')) === 'ease';
}

/** How pairs are weighed in this log, by the recipe. */
function createWeigher(
  log: EventLog,
  {
    vectors,
    settings,
    easeShape,
    progress,
  }: Pick<TablesFit, 'settings' | 'easeShape' | 'progress'> & { vectors: ContentVectors | undefined },
): WeighOf {
  return (sessions, { counts, popularity }) =>
    isEase(log, settings)
      ? createRestrictedEase(sessions, popularity, {
          ...(easeShape && { shape: easeShape }),
          content: vectors && {
            vectors,
            isSupported: createSupportCheck(visitorsOfRows(sessions, counts.length - 1), settings.minSupport),
          },
          onProgress: (share) => progress.tick(Math.round(100 * share)),
        })
      : createCooccurrence(sessions, counts, log.kind === 'carts' ? CART_COOCCURRENCE : SESSION_COOCCURRENCE);
}

/** Bytes an item that wide vectors leave to the table: five or so neighbours. */
const LEAST_TABLE_BYTES = 12;

/** A table-only bundle takes 35 bytes an item, of which its facts are 11; with models 70 and 150 KB, of which vectors, where there are any, and networks take theirs. */
function tableBytes(count: number, settings: Pick<TrainSettings, 'epochs' | 'dim' | 'recipe'>): number {
  const width = fitsSession(settings) ? settings.dim : 0;
  return settings.epochs === 0 ? 24 * count : Math.max(LEAST_TABLE_BYTES, 70 - 11 - width) * count + 65_000;
}

/** Width of the vectors by which carts' nearest items are found; the published ones may be narrower. */
const NEARNESS_WIDTH = 48;

/** What the nearest items weigh together beside an item's supported edges: a quarter of all that its carts say, on carts. */
const CART_NEARNESS = 0.25;

/** The sum of a row's edges. */
function weightOf({ starts, weights }: NeighbourTable, row: number): number {
  return weights.subarray(starts[row], starts[row + 1]).reduce((sum, weight) => sum + weight, 0);
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
  }: Pick<TablesFit, 'settings' | 'progress' | 'isTimeUp' | 'warm'> & { readonly start: Float32Array },
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
