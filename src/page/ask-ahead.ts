import { EARLY_FILE } from '../core/model/early-files.js';
import { DATABASE } from './consent/erase-device.js';
import type { ResolvedOptions } from './options.js';

type AskOptions = Pick<ResolvedOptions, 'manifestUrl' | 'holdout' | 'sensitive'>;

/** As long as the worker waits for the file. */
const TIMEOUT_MS = 10_000;

/**
 * On a first visit, asks for the bundle's first stage while the scripts that will read it are on their way. It goes into the HTTP cache, where
 * the worker's own request finds it or waits for it; nothing is read of it here. A device that has a database has it too, or no use for it;
 * nor has the arm of a holdout test without suggestions, nor a shop with sensitive categories, of which the stage says nothing.
 *
 * @throws what a browser throws that refuses
 */
export async function askAhead({ manifestUrl, holdout, sensitive }: AskOptions): Promise<unknown> {
  if (holdout || sensitive[0]) return;
  for (const { name } of await indexedDB.databases()) if (name === DATABASE) return;
  const stage = await fetch(new URL(EARLY_FILE, manifestUrl), { credentials: 'omit', signal: AbortSignal.timeout(TIMEOUT_MS) });
  return stage.blob();
}
