// In: a log's sessions and the catalogue. Out: which item has which row, most popular first. Node, main thread.
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';

/** Which row each item has in every table of a bundle, and how popular it is. */
export interface Vocabulary {
  /** known items; rows are 1…count */
  readonly count: number;
  /** item id of row i + 1, most popular first; items that were never touched come last, by id */
  readonly itemIds: readonly string[];
  /** row of each entry of `EventLog.itemIds`, 0 where the range and the catalogue do not know it */
  readonly rowOfItem: Uint32Array;
  /** `[count + 1]` sessions of the range that touched the row, newer ones counting more */
  readonly popularity: Float64Array;
  /** `[count + 1]` sessions of the range that touched the row */
  readonly sessions: Uint32Array;
}

const DAY_MS = 86_400_000;

/** Interest in an item halves in this time, or in half the log where that is shorter. */
const HALF_LIFE_DAYS = 90;

/** The half-life of a log's evidence, ms. */
export function halfLifeMs(log: EventLog, { from, to }: SessionRange): number {
  const span = to > from ? (log.startedAt[to - 1] as number) - (log.startedAt[from] as number) : 0;
  return Math.max(1, Math.min(HALF_LIFE_DAYS * DAY_MS, span / 2));
}

/** Orders the items of a range of sessions and of the catalogue by recency-weighted popularity. */
export function fitVocabulary(log: EventLog, range: SessionRange, catalog: readonly CatalogRow[]): Vocabulary {
  const weighted = new Float64Array(log.itemIds.length);
  const counted = new Uint32Array(log.itemIds.length);
  countSessions(log, range, { weighted, counted });

  const inCatalog = new Set(catalog.map((row) => row.itemId));
  const known: { id: string; item: number }[] = [];
  log.itemIds.forEach((id, item) => {
    if ((counted[item] as number) > 0 || inCatalog.has(id)) known.push({ id, item });
  });
  const inLog = new Set(log.itemIds);
  for (const id of inCatalog) if (!inLog.has(id)) known.push({ id, item: -1 });
  const weightOf = (item: number) => (item < 0 ? 0 : (weighted[item] as number));
  known.sort((a, b) => weightOf(b.item) - weightOf(a.item) || (a.id < b.id ? -1 : 1));

  const rowOfItem = new Uint32Array(log.itemIds.length);
  const popularity = new Float64Array(known.length + 1);
  const sessions = new Uint32Array(known.length + 1);
  known.forEach(({ item }, i) => {
    if (item < 0) return;
    rowOfItem[item] = i + 1;
    popularity[i + 1] = weighted[item] as number;
    sessions[i + 1] = counted[item] as number;
  });
  return { count: known.length, itemIds: known.map(({ id }) => id), rowOfItem, popularity, sessions };
}

function countSessions(log: EventLog, range: SessionRange, into: { weighted: Float64Array; counted: Uint32Array }): void {
  const halfLife = halfLifeMs(log, range);
  const end = range.to > range.from ? (log.startedAt[range.to - 1] as number) : 0;
  const seenIn = new Int32Array(log.itemIds.length).fill(-1);
  for (let session = range.from; session < range.to; session++) {
    const weight = 0.5 ** ((end - (log.startedAt[session] as number)) / halfLife);
    const stop = log.sessionStarts[session + 1] as number;
    for (let event = log.sessionStarts[session] as number; event < stop; event++) {
      const item = log.item[event] as number;
      if (seenIn[item] === session) continue;
      seenIn[item] = session;
      into.weighted[item] = (into.weighted[item] as number) + weight;
      into.counted[item] = (into.counted[item] as number) + 1;
    }
  }
}
