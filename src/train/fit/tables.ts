// In: a range of a log and the catalogue. Out: everything of a bundle that needs no gradient: rows, facts, neighbours, first embeddings.
import type { ItemIndex } from '../../core/features/item-index.js';
import { createItemIndex } from '../../core/model/item-index.js';
import { decodeNeighbours, encodeNeighbours, type NeighbourTable } from '../../core/model/neighbour-table.js';
import { createVocabulary } from '../../core/model/vocabulary.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import type { TrainSettings } from '../settings.js';
import { createCooccurrence, SESSION_COOCCURRENCE } from './cooccurrence.js';
import { foldCatalog } from './fold-catalog.js';
import type { WeighOf } from './content-strength.js';
import { fitItems, type FittedItems, medianPrices } from './item-facts.js';
import { toItemSessions } from './item-sessions.js';
import { buildNeighbours } from './neighbour-builder.js';
import { createRestrictedEase } from './restricted-ease.js';
import { embedSpectrally } from './spectral.js';
import { createSupportCheck, visitorsOfRows } from './support.js';
import { fitVocabulary, type Vocabulary } from './vocabulary.js';

/** The tables of a bundle, as they ship. */
export interface FittedTables {
  readonly vocabulary: Vocabulary;
  readonly items: FittedItems;
  readonly index: ItemIndex;
  readonly neighbours: NeighbourTable;
  /** `[count + 1, dim]` where the session model starts */
  readonly embeddings: Float32Array;
}

export interface TablesFit {
  readonly range: SessionRange;
  readonly catalog: readonly CatalogRow[];
  readonly settings: Pick<TrainSettings, 'seed' | 'dim' | 'neighbours' | 'minSupport'>;
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
  const weighOf: WeighOf = (some, { counts, popularity }) =>
    log.kind === 'carts'
      ? createRestrictedEase(some, popularity, { onProgress: (share) => progress.tick(Math.round(100 * share)) })
      : createCooccurrence(some, counts, SESSION_COOCCURRENCE);
  const weigh = weighOf(sessions, { counts: vocabulary.sessions, popularity: vocabulary.popularity });
  const isSupported = createSupportCheck(visitorsOfRows(sessions, count), settings.minSupport);
  const limits = { count, neighbours: settings.neighbours };
  const supported = buildNeighbours({ ...limits, isSupported }, weigh);
  const folded = foldCatalog(supported, {
    kind: log.kind,
    catalog,
    itemIds: vocabulary.itemIds,
    counts: vocabulary.sessions,
    sessions,
    weighOf,
    settings,
  });
  const neighbours = decodeNeighbours(encodeNeighbours(folded.neighbours));
  // Embeddings start from every pair, rare ones too: they are moved by the fit and no edge can be read back from them.
  const graph = buildNeighbours({ ...limits, isSupported: () => true }, weigh);
  const embeddings = embedSpectrally(graph, settings);
  progress.done();
  return { vocabulary, items, index, neighbours, embeddings };
}
