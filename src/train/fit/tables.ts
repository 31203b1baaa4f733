// In: a range of a log and the catalogue. Out: everything of a bundle that needs no gradient: rows, facts, neighbours, first embeddings.
import type { ItemColumns } from '../../core/model/item-facts.js';
import type { ItemIndex } from '../../core/features/item-index.js';
import { encodeNeighbours } from '../../core/model/neighbour-encoder.js';
import { decodeNeighbours, type NeighbourTable } from '../../core/model/neighbour-table.js';
import { pickFirstStage } from '../bundle/first-stage.js';
import type { WarmStart } from '../bundle/read-warm-start.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import { fitsSession, type TrainSettings } from '../settings.js';
import type { WeighOf } from './content-strength.js';
import { createLikeCheck } from './content-evidence.js';
import type { ContentVectors } from './content-vectors.js';
import { CART_COOCCURRENCE, createCooccurrence, SESSION_COOCCURRENCE } from './cooccurrence.js';
import { createCatalogFold } from './fold-catalog.js';
import type { FittedItems } from './item-facts.js';
import { fitVectors, type VectorSource } from './item-vectors.js';
import { type ChosenNearness, NEARNESS, type Nearness } from './nearness.js';
import { buildNeighbours, markUnsupported, type NeighbourLimits, trimToBytes } from './neighbour-builder.js';
import { poolCartEdges } from './pooled-carts.js';
import { poolEdges } from './pooled-edges.js';
import { type RangeReading, readRange } from './range-reading.js';
import { createRestrictedEase, EASE_SHAPE, type EaseShape } from './restricted-ease.js';
import { createSequenceNeighbours } from './sequence-neighbours.js';
import { createSupportCheck, createTouchCheck, visitorsOfRows } from './support.js';
import { createTrafficCut } from './traffic-cut.js';
import type { Vocabulary } from './vocabulary.js';

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
  /** what vectors could learn, where nearness is to be chosen: neither of browsing nor of drafts */
  readonly source?: VectorSource;
  /** The same with another nearness, nothing fitted again; absent where `source` is. */
  withNearness?(nearness: Nearness): FittedTables;
}

export interface TablesFit {
  readonly range: SessionRange;
  readonly catalog: readonly CatalogRow[];
  /** of this range and catalogue, where it is at hand */
  readonly reading?: RangeReading | undefined;
  readonly settings: Pick<TrainSettings, 'seed' | 'dim' | 'epochs' | 'neighbours' | 'minSupport' | 'recipe' | 'brief'>;
  readonly progress: ProgressReporter;
  /** how carts are read, default `EASE_SHAPE` */
  readonly easeShape?: EaseShape | undefined;
  /** what nearest items by vectors weigh on carts, default that of `NEARNESS` */
  readonly nearness?: ChosenNearness | undefined;
  /** leaves out vectors and the fold of the catalogue: a table to compare shapes by */
  readonly isDraft?: boolean;
  /** asked while vectors are fitted; true ends their fit */
  isTimeUp?: (() => boolean) | undefined;
  /** whose vectors the embeddings start from */
  readonly warm?: WarmStart | undefined;
}

/** Fits the tables of a range of sessions. */
export function fitTables(log: EventLog, fit: TablesFit): FittedTables {
  const { catalog, settings, progress, easeShape, nearness } = fit;
  progress.stage('neighbours', 100);
  const { vocabulary, items, index, sessions, visitors, vectors } = fit.reading ?? readRange(log, fit.range, catalog);
  const { count, itemIds, sessions: counts, popularity } = vocabulary;
  const weighOf = createWeigher(log, { vectors, settings, easeShape, progress });
  const weigh = weighOf(sessions, { counts, popularity });
  const isSupported = createSupportCheck(visitors, settings.minSupport);
  const isTouched = createTouchCheck(visitors, settings.minSupport);
  const limits = { count, neighbours: settings.neighbours };
  const likeness = isEase(log, settings) && (easeShape ?? EASE_SHAPE).content > 0 ? vectors : undefined;
  const isPublished = likeness ? orLike(createLikeCheck(likeness, count), { isSupported, isTouched }) : isSupported;
  const buildSupported = () => buildNeighbours({ ...limits, isSupported: isPublished }, weigh);
  const finish = (table: NeighbourTable) =>
    asShipped(markUnsupported(table, isSupported), { kind: log.kind, settings, popularity, columns: items.columns });
  const fitted = { vocabulary, items, index };
  if (fit.isDraft) {
    progress.done();
    return { ...fitted, ...finish(buildSupported()), embeddings: NO_VECTORS, isPublic: isTouched, isWarm: false };
  }
  // Carts' vectors read the pairs of items that enough visitors touched; where all sessions move them together, every pair.
  const all = buildNeighbours({ ...limits, isSupported: () => true }, weigh);
  const source = nearness?.source ?? sourceOf(log, sessions.count, { all, isSupported });
  const supported = source === 'browsing' ? undefined : buildSupported();
  const isRead = (row: number, other: number) => isTouched(row) && isTouched(other);
  const graph = source === 'carts' ? buildNeighbours({ ...limits, isSupported: isRead }, weigh) : all;
  const vectorsFit = { settings, progress, warm: fit.warm, isTimeUp: fit.isTimeUp, isTouched, graph, visitors, itemIds };
  const { near, ...published } = fitVectors(sessions, { ...vectorsFit, source: learntFrom(source, nearness) });
  const pooling = { ...near, count, ...settings };
  const pooled = source === 'sparse-carts' && supported ? poolCartEdges(sessions, { ...pooling, weighOf, supported }) : supported;
  const walked = pooled ?? poolEdges(sessions, pooling);
  const fold = createCatalogFold({ kind: log.kind, catalog, vectors, itemIds, counts, sessions, weighOf, settings });
  const withNearness = (chosen: Nearness): FittedTables => {
    const strength = strengthOf(source, graph, chosen.share);
    const weighNear = createSequenceNeighbours({ ...limits, ...near, ...chosen, graph, supported: walked, strength, popularity });
    const table = buildNeighbours({ ...limits, isSupported: () => true }, weighNear);
    return { ...fitted, ...published, ...finish(fold(table).neighbours) };
  };
  const tables = withNearness(nearness ?? NEARNESS[source]);
  return log.kind === 'carts' ? { ...tables, source, withNearness } : tables;
}

/** Vectors that nothing is read from need not be learnt; pools read their groups. */
function learntFrom(source: VectorSource, nearness: Nearness | undefined): VectorSource {
  return nearness?.share === 0 && source === 'few-sparse-carts' ? 'carts' : source;
}

/** Of a draft. */
const NO_VECTORS = new Float32Array();

/** Carts are sparse when of the pairs that they count highest fewer than this share have enough visitors: 0.04 to 0.06 and 0.35 to 0.7 on the logs tried. */
const SPARSE_SHARE = 0.25;

/** Fewer carts than this leave too little behind a pool: what a catalogue says of their items tells more. 9,000 and more gained by pools, 1,000 and fewer with titles lost. */
const ENOUGH_TO_POOL = 3000;

/** What vectors can learn from some carts or sessions of a log. @param all its neighbours, whoever had them */
function sourceOf(
  { kind }: EventLog,
  sessions: number,
  { all, isSupported }: { all: NeighbourTable; isSupported: NeighbourLimits['isSupported'] },
): VectorSource {
  if (kind === 'sessions') return 'browsing';
  const { folded } = markUnsupported(all, isSupported);
  const unsupported = folded?.reduce((sum, each) => sum + each, 0) ?? 0;
  if (unsupported <= (1 - SPARSE_SHARE) * all.rows.length) return 'carts';
  return sessions < ENOUGH_TO_POOL ? 'few-sparse-carts' : 'sparse-carts';
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

/** Items from which a first stage takes few bytes an item beside what it saves: 2 to 4, of 2,800 items 7. */
const LARGE_CATALOGUE = 10_000;

interface Shipping {
  readonly kind: EventLog['kind'];
  readonly settings: Pick<TrainSettings, 'epochs' | 'dim' | 'recipe'>;
  readonly popularity: ArrayLike<number>;
  readonly columns: ItemColumns;
}

/** A table as it ships: cut to its bytes, packed and read again. */
function asShipped(uncut: NeighbourTable, shipping: Shipping): Pick<FittedTables, 'neighbours' | 'whole'> {
  const bytes = tableBytes(shipping.columns.count, shipping.settings);
  const shipped = shipping.kind === 'carts' ? trimToBytes(uncut, bytes) : cutBrowsing(uncut, bytes, shipping);
  return { neighbours: decodeNeighbours(encodeNeighbours(shipped)), whole: { uncut, unpacked: shipped } };
}

/** Cuts a browsing log's table to its bytes; those of a large table-only bundle are the first stage's too. */
function cutBrowsing(table: NeighbourTable, bytes: number, { settings, popularity, columns }: Shipping): NeighbourTable {
  const cut = createTrafficCut(table, popularity);
  const whole = cut(bytes);
  if (settings.epochs > 0 || columns.count < LARGE_CATALOGUE) return whole;
  return cut(bytes - encodeNeighbours(pickFirstStage(whole, columns).neighbours).length);
}

/** What each row's nearest items weigh together, where they weigh `share`. */
function strengthOf(source: VectorSource, graph: NeighbourTable, share: number): (row: number) => number {
  if (source === 'browsing') return () => share;
  if (source === 'carts') return (row) => share * weightOf(graph, row);
  // the mean: a row's own weight would tell what few visitors did
  const mean = graph.weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, graph.starts.length - 2);
  return () => share * mean;
}

/** The sum of a row's edges. */
function weightOf({ starts, weights }: NeighbourTable, row: number): number {
  return weights.subarray(starts[row], starts[row + 1]).reduce((sum, weight) => sum + weight, 0);
}
