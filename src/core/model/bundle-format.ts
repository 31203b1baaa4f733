/** The bundle format this SDK reads and writes. */
export const FORMAT_VERSION = 1;

/** What a file is for. `vocabulary`, `catalog`, `item-facts` and `neighbours` are required; the models and the first stage are not. */
export const FILE_ROLES = [
  'vocabulary', // vocabulary-<hash>.json
  'catalog', // catalog-<hash>.json
  'item-facts', // items-<hash>.bin
  'neighbours', // neighbours-<hash>.bin
  'first-neighbours', // first-<hash>.bin: the strongest of the neighbours
  'first-catalog', // first-<hash>.json: the cards that these lead to
  'item-table', // items-<hash>.u8
  'session-model', // session-<hash>.json
  'session-weights', // session-<hash>.bin
  'ranker-model', // ranker-<hash>.json
  'ranker-weights', // ranker-<hash>.bin
] as const;
export type FileRole = (typeof FILE_ROLES)[number];

/** A flat file name: no folders, no `..`, no scheme. */
export const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
export const SHA256_HEX = /^[0-9a-f]{64}$/;
export const BUNDLE_ID = /^[A-Za-z0-9._-]{1,64}$/;
/** Items that a bundle may have. */
export const MAX_ITEMS = 2_000_000;
/** Numbers that an item's embedding may have. */
export const MAX_DIM = 512;
/** Files that a bundle may have: one of each required role, and room for roles to come. */
export const MIN_FILES = 4;
export const MAX_FILES = 32;
