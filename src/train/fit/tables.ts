// In: a range of a log and the catalogue. Out: everything of a bundle that needs no gradient: rows, facts, neighbours, first embeddings.
import type { ItemIndex } from '../../core/features/item-index.js';
import { createItemIndex } from '../../core/model/item-index.js';
import { decodeNeighbours, encodeNeighbours, type NeighbourTable } from '../../core/model/neighbour-table.js';
import { createVocabulary } from '../../core/model/vocabulary.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import type { TrainSettings } from '../settings.js';
import { createCooccurrence, SESSION_COOCCURRENCE } from './cooccurrence.js';
import { fitItems, type FittedItems, medianPrices } from './item-facts.js';
import { type ItemSessions, toItemSessions } from './item-sessions.js';
import { buildNeighbours } from './neighbour-builder.js';
  const graph = buildNeighbours({ ...limits, isSupported: () => true }, weigh);
  const needsEmbeddings = hasModel || log.kind === 'sessions';
  const spectral = needsEmbeddings ? embedSpectrally(graph, settings) : new Float32Array();
  progress.done();
  const asShipped = (table: NeighbourTable) => decodeNeighbours(encodeNeighbours(table));
  if (log.kind === 'carts') return { vocabulary, items, index, neighbours: asShipped(supported), embeddings: spectral };
  const embeddings = fitSequences(sessions, { spectral, settings, progress });
  const near = createSequenceNeighbours({ ...limits, dim: settings.dim, embeddings, graph, supported });
  const neighbours = asShipped(buildNeighbours({ ...limits, isSupported: () => true }, near));
  return { vocabulary, items, index, neighbours, embeddings };
}

/** Passes over the sessions for the vectors of a table-only bundle. */
const TABLE_ONLY_EPOCHS = 2;

/** The vectors that neighbours are found by, and where the session model starts. */
function fitSequences(
  sessions: ItemSessions,
  { spectral, settings, progress }: Pick<TablesFit, 'settings' | 'progress'> & { readonly spectral: Float32Array },
): Float32Array {
  progress.stage('item vectors', 100);
  const onProgress = (share: number, loss: number) => progress.tick(Math.round(100 * share), `loss ${loss.toFixed(3)}`);
  const epochs = Math.max(TABLE_ONLY_EPOCHS, settings.epochs);
  const embeddings = fitSequenceEmbeddings(sessions, { ...settings, embeddings: spectral, epochs, onProgress });
  progress.done();
  return embeddings;
}
