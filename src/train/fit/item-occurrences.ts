import type { ItemSessions } from './item-sessions.js';

/** Where each row occurs. */
export interface ItemOccurrences {
  /** `[count + 2]` */
  readonly starts: Uint32Array;
  /** indices into `ItemSessions.rows` */
  readonly places: Uint32Array;
  /** the session of each place */
  readonly sessions: Uint32Array;
}

/** Lists the places of every row, in the order of the sessions. */
export function indexOccurrences(sessions: ItemSessions, count: number): ItemOccurrences {
  const starts = new Uint32Array(count + 2);
  for (const row of sessions.rows) starts[row + 1] = (starts[row + 1] as number) + 1;
  for (let row = 0; row <= count; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number);
  const next = starts.slice();
  const places = new Uint32Array(sessions.rows.length);
  const owners = new Uint32Array(sessions.rows.length);
  for (let session = 0; session < sessions.count; session++) {
    for (let place = sessions.starts[session] as number; place < (sessions.starts[session + 1] as number); place++) {
      const row = sessions.rows[place] as number;
      const at = next[row] as number;
      next[row] = at + 1;
      places[at] = place;
      owners[at] = session;
    }
  }
  return { starts, places, sessions: owners };
}
