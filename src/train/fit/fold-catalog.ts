// In: a range's co-purchase table and the catalogue. Out: the table with content folded in, and what was found about it. Node, main thread.
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { createItemLikeness } from '../evaluate/item-likeness.js';
import type { CatalogRow, EventLog } from '../event-log.js';
import { type ContentFold, foldContent } from './content-neighbours.js';
import { chooseContentStrength, type StrengthChoice, type WeighOf } from './content-strength.js';
import { type ContentVectors, fitContentVectors } from './content-vectors.js';
import type { ItemSessions } from './item-sessions.js';

export interface CatalogFold {
  readonly kind: EventLog['kind'];
  readonly catalog: readonly CatalogRow[];
  /** of the same items; absent where the catalogue describes nothing */
  readonly vectors: ContentVectors | undefined;
  /** row i + 1 is itemIds[i] */
  readonly itemIds: readonly string[];
  /** `[count + 1]` sessions that touched the row */
  readonly counts: ArrayLike<number>;
  readonly sessions: ItemSessions;
  readonly weighOf: WeighOf;
  readonly settings: { readonly seed: number; readonly neighbours: number; readonly minSupport: number };
}

export interface FoldedCatalog {
  readonly neighbours: NeighbourTable;
  /** absent where the catalogue says nothing of its items */
  readonly choice?: StrengthChoice;
}

const NO_VECTORS: ContentVectors = { similarTo: () => [] };

/** Creates the function that folds a catalogue into a table as far as it helps in this shop; a catalogue of mere ids and prices changes nothing. */
export function createCatalogFold(fold: CatalogFold): (table: NeighbourTable) => FoldedCatalog {
  const { kind, catalog, vectors, itemIds, counts, sessions, weighOf, settings } = fold;
  const content = contentOf(catalog, itemIds, { ...settings, vectors });
  if (content.vectors === NO_VECTORS && content.accessories.size === 0) return (neighbours) => ({ neighbours });
  const choice = chooseContentStrength(sessions, { ...content, kind, weighOf, count: itemIds.length, seed: settings.seed });
  const { strength } = choice;
  const whole: ContentFold = { ...content, sessions: counts };
  // Where content misleads, the shop's own word on accessories still counts.
  const told: ContentFold = { ...whole, vectors: NO_VECTORS };
  return (table) => ({ neighbours: foldContent(table, strength === undefined ? told : { ...whole, strength }), choice });
}

interface Limits extends Pick<CatalogFold['settings'], 'neighbours' | 'minSupport'> {
  /** where they are known already */
  readonly vectors?: ContentVectors | undefined;
}

/** What a catalogue tells of its items, by row. */
export function contentOf(
  catalog: readonly CatalogRow[],
  itemIds: readonly string[],
  { neighbours, minSupport, vectors = fitContentVectors(itemIds, catalog) ?? NO_VECTORS }: Limits,
) {
  const accessories = accessoriesOf(catalog, itemIds);
  return { vectors, accessories, neighbours, minSupport, isNearDuplicate: nearDuplicatesOf(catalog, itemIds) };
}

/** Rows that go with a row by the shop's own word; unknown ids and the row itself are left out. */
function accessoriesOf(catalog: readonly CatalogRow[], itemIds: readonly string[]): Map<number, number[]> {
  const rowOf = new Map(itemIds.map((itemId, i) => [itemId, i + 1]));
  const accessories = new Map<number, number[]>();
  const add = (id: string, accessoryId: string) => {
    const [row, accessory] = [rowOf.get(id), rowOf.get(accessoryId)];
    if (row === undefined || accessory === undefined || row === accessory) return;
    const known = accessories.get(row) ?? [];
    if (!known.includes(accessory)) accessories.set(row, [...known, accessory]);
  };
  for (const { itemId, accessories: ids = [], accessoryFor = [] } of catalog) {
    for (const id of ids) add(itemId, id);
    for (const id of accessoryFor) add(id, itemId);
  }
  return accessories;
}

function nearDuplicatesOf(catalog: readonly CatalogRow[], itemIds: readonly string[]): ContentFold['isNearDuplicate'] {
  const likeness = createItemLikeness(catalog);
  return (row, other) => likeness?.isNearDuplicate(itemIds[row - 1] as string, itemIds[other - 1] as string) ?? false;
}
