import type { EventLog } from '../event-log.js';
import { TRAIN_SHARE } from '../settings.js';

type Column = Uint8Array | Uint32Array | Float32Array | Float64Array;

/** The log without the sessions that are not kept. Dictionaries stay whole, so that numbers of items and visitors stay true. */
export function selectSessions(log: EventLog, isKept: (session: number) => boolean): EventLog {
  const kept = log.startedAt.reduce<number[]>((sessions, _, session) => {
    if (isKept(session)) sessions.push(session);
    return sessions;
  }, []);
  const sessionStarts = new Uint32Array(kept.length + 1);
  kept.forEach((session, i) => {
    const length = (log.sessionStarts[session + 1] as number) - (log.sessionStarts[session] as number);
    sessionStarts[i + 1] = (sessionStarts[i] as number) + length;
  });
  const events = sessionStarts[kept.length] as number;
  const gather = <T extends Column>(into: T, from: T): T => {
    kept.forEach((session, i) => {
      into.set(from.subarray(log.sessionStarts[session], log.sessionStarts[session + 1]), sessionStarts[i]);
    });
    return into;
  };
  return {
    ...log,
    sessionIds: kept.map((session) => log.sessionIds[session] as string),
    sessionStarts,
    visitors: Int32Array.from(kept, (session) => log.visitors[session] as number),
    startedAt: Float64Array.from(kept, (session) => log.startedAt[session] as number),
    item: gather(new Uint32Array(events), log.item),
    type: gather(new Uint8Array(events), log.type),
    occurredAt: gather(new Float64Array(events), log.occurredAt),
    quantity: gather(new Float32Array(events), log.quantity),
    price: gather(new Float32Array(events), log.price),
    dwellMs: gather(new Float32Array(events), log.dwellMs),
    scrollDepthRatio: gather(new Float32Array(events), log.scrollDepthRatio),
  };
}

/** How many sessions, the first ones, a measured fit sees. */
export function trainSessions({ sessionIds }: EventLog): number {
  return Math.floor(sessionIds.length * TRAIN_SHARE);
}

/** The log as far as a measured fit may know it: what is chosen by a log's facts is chosen by these. */
export function trainPart(log: EventLog): EventLog {
  const cut = trainSessions(log);
  return selectSessions(log, (session) => session < cut);
}
