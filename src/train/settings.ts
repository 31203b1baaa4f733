import type { EventLog } from './event-log.js';
import type { RecipeChoices } from './recipe/choose-recipe.js';

/** Everything a fit depends on besides its data. The same settings on the same log give the same bundle. */
export interface TrainSettings {
  /** of every random draw: initial weights, samples, masks */
  readonly seed: number;
  /** width of the item embeddings and of the session vector */
  readonly dim: number;
  /** hidden units of the LSTM session encoder */
  readonly units: number;
  /** hidden layers of the ranker, widest first; none makes it a logistic regression */
  readonly hidden: readonly number[];
  /** passes over the sessions of the session model; 0 writes a table-only bundle */
  readonly epochs: number;
  /** most neighbours kept of one item */
  readonly neighbours: number;
  /** distinct visitors (sessions where visitors are unknown) that an edge of the neighbour table needs: the bundle is public */
  readonly minSupport: number;
  /** the fit stops early, at the end of a batch, when it has run this long */
  readonly maxMinutes?: number;
  /** fits all sessions with the settings found, after measuring on the last 20 % */
  readonly refit: boolean;
  /** monotonic version of the bundle */
  readonly version: number;
  /** ISO 8601 time after which a device looks for a newer bundle */
  readonly notAfter?: string;
  /** measures on fewer questions and beside two baselines only */
  readonly brief?: boolean;
  /** how the log is read; absent: as its facts say */
  readonly recipe?: RecipeChoices;
}

/** Whether a fit has a session model. */
export function fitsSession({ epochs, recipe }: Pick<TrainSettings, 'epochs' | 'recipe'>): boolean {
  return epochs > 0 && recipe?.session !== 'off';
}

/** What `tillside train` uses where an option is absent. */
export const DEFAULT_SETTINGS: TrainSettings = {
  seed: 1,
  dim: 48,
  units: 64,
  hidden: [32],
  epochs: 4,
  neighbours: 20,
  minSupport: 5,
  refit: true,
  version: 1,
};

/** Catalogues of fewer items have bytes left for all that goes with an item. */
const FEW_ITEMS = 1000;

/**
 * Sizes for a log. Carts: the table says nearly all that is known of one, so the bytes go to its neighbours. Browsing: above 10,000 items
 * the vectors must leave room for the table.
 */
export function sizesFor({
  kind,
  itemIds: { length },
}: Pick<EventLog, 'kind' | 'itemIds'>): Pick<TrainSettings, 'dim' | 'units' | 'neighbours'> {
  const { dim, units, neighbours } = DEFAULT_SETTINGS;
  if (kind === 'carts') return { dim: 16, units: 16, neighbours: length < FEW_ITEMS ? 64 : 32 };
  return { dim: length > 10_000 ? 40 : dim, units, neighbours };
}

/** Share of the sessions, by start, that a measured fit sees; the rest is the test. */
export const TRAIN_SHARE = 0.8;

/** What a manifest's `training` member records of a fit. */
export interface TrainingRecord {
  readonly settings: TrainSettings;
  /** ISO 8601: when the last fitted session began; only sessions that began later may measure the bundle */
  readonly until: string;
  readonly sessions: number;
  readonly events: number;
  /** what `maxMinutes` cut short, in words; absent: nothing */
  readonly cut?: readonly string[];
}
