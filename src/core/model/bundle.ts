import type { ItemFacts } from '../domain/item.js';
import type { ItemIndex } from '../features/item-index.js';
import type { ItemTable } from './item-table.js';
import type { Manifest } from './manifest.schema.js';
import type { NeighbourTable } from './neighbour-table.js';
import type { LayersModelFiles } from './runtime.js';

/** The ranker and, where it earned its bytes, the session model with the item vectors that it reads. */
export interface BundleModels {
  readonly ranker: LayersModelFiles;
  readonly session?: LayersModelFiles | undefined;
  /** there where the session model is */
  readonly itemTable?: ItemTable | undefined;
}

/** A verified bundle in memory: nothing in it is unchecked. */
export interface Bundle {
  readonly manifest: Manifest;
  readonly index: ItemIndex;
  /** What a card shows, from the catalogue file. */
  factsOf(row: number): ItemFacts;
  /** Whether the catalogue has it; absent: it has all. What has no card is never suggested, whatever a page or an offer says of it. */
  hasCard?(row: number): boolean;
  readonly neighbours: NeighbourTable;
  /** absent in a table-only bundle */
  readonly models?: BundleModels;
}
