// In: a range of a log and the catalogue. Out: everything of a bundle that needs no gradient: rows, facts, neighbours, first embeddings.
import type { ItemIndex } from '../../core/features/item-index.js';
import { createItemIndex } from '../../core/model/item-index.js';
import { decodeNeighbours, encodeNeighbours, type NeighbourTable } from '../../core/model/neighbour-table.js';
import { createVocabulary } from '../../core/model/vocabulary.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import type { TrainSettings } from '../settings.js';
import { CART_COOCCURRENCE, createCooccurrence, SESSION_COOCCURRENCE } from './cooccurrence.js';
import { createEase, EASE_MAX_ITEMS } from './ease.js';
import { fitItems, type FittedItems, medianPrices } from './item-facts.js';
import { type ItemSessions, toItemSessions } from './item-sessions.js';
import { buildNeighbours, type WeighNeighbours } from './neighbour-builder.js';
import { embedSpectrally } from './spectral.js';
import { createSupportCheck, visitorsOfRows } from './support.js';
import { fitVocabulary, type Vocabulary } from './vocabulary.js';

/** The tables of a bundle, as they ship. */
export interface FittedTables {
  readonly vocabulary: Vocabulary;
  readonly items: FittedItems;
  readonly index: ItemIndex;
  readonly neighbours: NeighbourTable;
  /** `[count + 1, dim]` where the session model starts; empty where none is fitted */
  readonly embeddings: Float32Array;
}

export interface TablesFit {
  readonly range: SessionRange;
  readonly catalog: readonly CatalogRow[];
  readonly settings: Pick<TrainSettings, 'seed' | 'dim' | 'neighbours' | 'minSupport' | 'recipe' | 'epochs'>;
  readonly progress: ProgressReporter;
}

/** Fits the tables of a range of sessions. */
export function fitTables(log: EventLog, { range, catalog, settings, progress }: TablesFit): FittedTables {
  const vocabulary = fitVocabulary(log, range, catalog);
  const { count } = vocabulary;
  const items = fitItems(vocabulary, catalog, medianPrices(log, range, vocabulary));
  const index = createItemIndex(createVocabulary(vocabulary.itemIds, items.aliases), items.columns);
  const sessions = toItemSessions(log, range, vocabulary);
  progress.stage('neighbours', 100);
  const isEase = settings.recipe ? settings.recipe.table === 'ease' : log.kind === 'carts';
  const shape = log.kind === 'carts' ? CART_COOCCURRENCE : SESSION_COOCCURRENCE;
  const weigh = isEase ? weighCarts(sessions, vocabulary, progress) : createCooccurrence(sessions, vocabulary.sessions, shape);
  const isSupported = createSupportCheck(visitorsOfRows(sessions, count), settings.minSupport);
  const limits = { count, neighbours: settings.neighbours };
  const neighbours = decodeNeighbours(encodeNeighbours(buildNeighbours({ ...limits, isSupported }, weigh)));
  // Embeddings start from every pair, rare ones too: they are moved by the fit and no edge can be read back from them.
  const embed = () => embedSpectrally(buildNeighbours({ ...limits, isSupported: () => true }, weigh), settings);
  const embeddings = settings.epochs > 0 ? embed() : new Float32Array();
  progress.done();
  return { vocabulary, items, index, neighbours, embeddings };
}

/** EASE for the popular items; the tail of a large catalogue has its neighbours from co-occurrence. */
function weighCarts(
  sessions: ItemSessions,
  { popularity, sessions: counts }: Vocabulary,
  progress: ProgressReporter,
): WeighNeighbours {
  const sold = counts.reduce((rows, count) => rows + (count > 0 ? 1 : 0), 0);
  const size = Math.min(sold, EASE_MAX_ITEMS);
  const ease = createEase(sessions, popularity, { size, onProgress: (share) => progress.tick(Math.round(100 * share)) });
  if (size === sold) return (row, into) => (row <= size ? ease(row, into) : []);
  const cooccurrence = createCooccurrence(sessions, counts, CART_COOCCURRENCE);
  return (row, into) => (row <= size ? ease(row, into) : cooccurrence(row, into));
}
