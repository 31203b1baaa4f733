// In: a range of a log and the catalogue. Out: everything of a bundle that needs no gradient: rows, facts, neighbours, first embeddings.
import type { ItemIndex } from '../../core/features/item-index.js';
import { createItemIndex } from '../../core/model/item-index.js';
import { decodeNeighbours, encodeNeighbours, type NeighbourTable } from '../../core/model/neighbour-table.js';
import { createVocabulary } from '../../core/model/vocabulary.js';
import { type WarmStart, warmEmbeddings } from '../bundle/read-warm-start.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import type { TrainSettings } from '../settings.js';
import type { WeighOf } from './content-strength.js';
import { CART_COOCCURRENCE, createCooccurrence, SESSION_COOCCURRENCE } from './cooccurrence.js';
import { foldCatalog } from './fold-catalog.js';
import { fitItems, type FittedItems, medianPrices } from './item-facts.js';
import { type ItemSessions, toItemSessions } from './item-sessions.js';
import { buildNeighbours, markUnsupported, trimToBytes } from './neighbour-builder.js';
import { createRestrictedEase, type EaseShape } from './restricted-ease.js';
import { fitSequenceEmbeddings } from './sequence-embedding.js';
import { createSequenceNeighbours } from './sequence-neighbours.js';
import { shareVectors } from './shared-vectors.js';
import { embedSpectrally } from './spectral.js';
import { createSupportCheck, createTouchCheck, visitorsOfRows } from './support.js';
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
  /** asked while vectors are fitted; true ends their fit */
  isTimeUp?: (() => boolean) | undefined;
  /** whose vectors the embeddings start from */
  readonly warm?: WarmStart | undefined;
}

/** Fits the tables of a range of sessions. */
export function fitTables(
  log: EventLog,
  { range, catalog, settings, progress, easeShape, warm, isTimeUp }: TablesFit,
): FittedTables {
  const vocabulary = fitVocabulary(log, range, catalog);
  const { count, itemIds, sessions: counts, popularity } = vocabulary;
  const items = fitItems(vocabulary, catalog, medianPrices(log, range, vocabulary));
  const index = createItemIndex(createVocabulary(itemIds, items.aliases), items.columns);
  const sessions = toItemSessions(log, range, vocabulary);
  progress.stage('neighbours', 100);
  const isCarts = log.kind === 'carts';
  const weighOf = weighingOf(log.kind, { settings, progress, easeShape });
  const weigh = weighOf(sessions, { counts, popularity });
  const visitors = visitorsOfRows(sessions, count);
  const isSupported = createSupportCheck(visitors, settings.minSupport);
  const isTouched = createTouchCheck(visitors, settings.minSupport);
  const limits = { count, neighbours: settings.neighbours };
  const supported = buildNeighbours({ ...limits, isSupported }, weigh);
  // Of items that enough visitors touched, vectors read every pair: all sessions move them together. On carts the others have none.
  const isRead = (row: number, other: number) => !isCarts || (isTouched(row) && isTouched(other));
  const graph = buildNeighbours({ ...limits, isSupported: isRead }, weigh);
  const spectral = embedSpectrally(graph, settings);
  progress.done();
  const warmed = warm && warmEmbeddings(warm, itemIds, spectral);
  const start = { start: warmed ?? spectral, warm: warmed && warm };
  const shared = isCarts
    ? { embeddings: spectral, isPublic: isTouched }
    : shareVectors(fitSequences(sessions, { ...start, settings, progress, isTimeUp }), { ...settings, graph, visitors });
  const strength = isCarts ? (row: number) => CART_NEARNESS * weightOf(graph, row) : () => 1;
  const near = createSequenceNeighbours({ ...limits, ...shared, dim: settings.dim, graph, supported, strength });
  const table = buildNeighbours({ ...limits, isSupported: () => true }, near);
  const folded = foldCatalog(table, { kind: log.kind, catalog, itemIds, counts, sessions, weighOf, settings });
  const uncut = markUnsupported(folded.neighbours, isSupported);
  const shipped = trimToBytes(uncut, tableBytes(count, settings));
  return {
    vocabulary,
    items,
    index,
    neighbours: decodeNeighbours(encodeNeighbours(shipped)),
    whole: { uncut, unpacked: shipped },
    embeddings: isCarts ? (warmed ?? spectral) : shared.embeddings,
    isPublic: shared.isPublic,
    isWarm: warmed !== undefined,
  };
}

/** How the pairs of some sessions are weighed. */
function weighingOf(
  kind: EventLog['kind'],
  { settings, progress, easeShape }: Pick<TablesFit, 'settings' | 'progress' | 'easeShape'>,
): WeighOf {
  const isCarts = kind === 'carts';
  if ((settings.recipe?.table ?? (isCarts ? 'ease' : 'cooccurrence')) === 'ease') {
    const onProgress = (share: number) => progress.tick(Math.round(100 * share));
    return (some, { popularity }) =>
      createRestrictedEase(some, popularity, { ...(easeShape && { shape: easeShape }), onProgress });
  }
  return (some, { counts }) => createCooccurrence(some, counts, isCarts ? CART_COOCCURRENCE : SESSION_COOCCURRENCE);
}

/** Bytes an item that wide vectors leave to the table: five or so neighbours. */
const LEAST_TABLE_BYTES = 12;

/** A table-only bundle takes 35 bytes an item, of which its facts are 11; with models 70 and 150 KB, of which the vectors and the networks take theirs. */
function tableBytes(count: number, { epochs, dim }: Pick<TrainSettings, 'epochs' | 'dim'>): number {
  return epochs === 0 ? 24 * count : Math.max(LEAST_TABLE_BYTES, 70 - 11 - dim) * count + 65_000;
}

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
