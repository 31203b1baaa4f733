// In: events, and what other tabs did. Out: the folded session, as the store has it. Runs in the worker, on the page and in Node.
import type { InteractionEvent } from '../domain/event.js';
import type { ErrorCode } from '../errors.js';
import { createSessionState, type SessionState } from '../features/session-state.js';
import { gatherWrites } from './gather-writes.js';
import { createLiveSession, type LiveSession } from './live-session.js';
import type { Retention } from './contract.js';
import type { Snapshot, Store } from './store.js';

/** Raised when `SessionState` changes its shape: an older snapshot is then refolded from the events. */
const SNAPSHOT_FORMAT = 1;
/** A burst of events is one snapshot. */
const SNAPSHOT_DELAY_MS = 1_000;

/** A session and its life in a store: the log is folded in its own order, and a snapshot of the fold is written after each burst. */
export interface KeptSession extends LiveSession {
  /** Resolves when the events are in the log and in the fold, or void as everything was erased. */
  append(events: readonly InteractionEvent[]): Promise<void>;
  /** Has what is to be appended written at once; never rejects. */
  flush(): Promise<void>;
  /** Settles when what other tabs wrote is folded in, and never rejects; nothing where there is nothing to wait for. */
  caughtUp(): Promise<void> | undefined;
  /** Erases the log and the session. */
  forget(): Promise<void>;
  /** Writes what is due, and stops listening to other tabs. */
  close(): Promise<void>;
}

export interface KeptSessionOptions {
  readonly store: Store;
  readonly retention: Retention;
  /** epoch ms */
  now(): number;
  readonly report: (error: unknown, fallback: ErrorCode) => void;
  /** called when this or another tab erased everything */
  readonly onForgotten: () => void;
}

/** Reads what a store may still know of the session, and from then on what other tabs add to it. */
export async function openKeptSession(options: KeptSessionOptions): Promise<KeptSession> {
  const { store, now, report, onForgotten } = options;
  const live = createLiveSession();
  const lost = (error: unknown): void => report(error, 'store-lost');
  const inTurn = createTurns();
  let looks = 0;
  let catchingUp: Promise<void> | undefined;
  const snapshots = createSnapshots(() => inTurn(() => writeState(live.committed, store, now())).catch(lost));
  const writes = gatherWrites((takeAll) =>
    inTurn(async () => {
      const events = takeAll();
      if (!events[0]) return;
      live.commit(await store.append(events, live.committed.seq));
      snapshots.plan();
    }),
  );
  const reset = (): void => {
    snapshots.cancel();
    live.replace(createSessionState());
    onForgotten();
  };
  await restore(live, options).catch(lost);
  const look = (): Promise<void> => inTurn(() => catchUp(live, store)).catch(lost);
  const stopWatching = store.watch(({ kind }) => {
    if (kind === 'forgotten') {
      writes.drop();
      return reset();
    }
    looks++;
    catchingUp = look().finally(() => looks--);
  });
  // Extended, not copied: it has getters.
  return Object.assign(live, {
    caughtUp: () => (looks ? catchingUp : undefined),
    append: writes.add,
    flush: writes.flush,
    async forget() {
      writes.drop();
      snapshots.cancel();
      await inTurn(() => store.clear());
      reset();
    },
    async close() {
      await writes.flush();
      await snapshots.end();
      stopWatching();
    },
  });
}

/** Creates the writing of a snapshot after each burst. */
function createSnapshots(write: () => Promise<void>) {
  let timer: unknown;
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    plan() {
      timer ??= setTimeout(() => {
        timer = undefined;
        write();
      }, SNAPSHOT_DELAY_MS);
    },
    cancel,
    /** Writes the one that is due, and lets no other be: without a change since the last, what was forgotten must not come back. */
    async end() {
      const isDue = timer;
      cancel();
      timer = 0;
      if (isDue) await write();
    },
  };
}

async function restore(live: LiveSession, { store, retention, now }: KeptSessionOptions): Promise<void> {
  const { snapshot, events, purchases } = await store.expire(retention, now());
  if (isUsable(snapshot)) live.replace(snapshot.state);
  live.commit(events);
  live.addPurchases(purchases);
}

async function catchUp(live: LiveSession, store: Store): Promise<void> {
  live.commit(await store.readSince(live.committed.seq));
}

/** Runs a store's operations one after the other. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let turn: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined); // the caller of `done` hears of it
    return done;
  };
}

function writeState(committed: SessionState, store: Store, savedAt: number): Promise<void> {
  // Own purchases have a store and a retention of their own.
  const state: SessionState = { ...committed, history: new Map() };
  return store.writeSnapshot({ seq: state.seq, formatVersion: SNAPSHOT_FORMAT, savedAt, state });
}

function isUsable(snapshot: Snapshot | undefined): snapshot is Snapshot & { readonly state: SessionState } {
  const state = snapshot?.state as Partial<SessionState> | undefined;
  return (
    snapshot?.formatVersion === SNAPSHOT_FORMAT &&
    state?.cart instanceof Map &&
    state.activity instanceof Map &&
    Array.isArray(state.steps)
  );
}
