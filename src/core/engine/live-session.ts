import type { InteractionEvent, StoredEvent } from '../domain/event.js';
import type { OwnPurchase } from '../domain/session.js';
import { canonicalEvent, canonicaliseState } from '../features/canonical-ids.js';
import type { SessionView } from '../features/encode-candidates.js';
import { foldEvent } from '../features/fold-event.js';
import type { ItemIndex } from '../features/item-index.js';
import { addPurchases, createSessionState, type SessionState } from '../features/session-state.js';
import type { createWindowCounters, WindowCounters } from '../features/window-counters.js';

/**
 * The folded session of this device and, on top of it, what this tab did that is not in the log yet: a slate never waits for a disk.
 */
export interface LiveSession {
  /** the fold of the log so far */
  readonly committed: SessionState;
  /** Folds events of the log, in order; those already folded are left out. */
  commit(events: readonly StoredEvent[]): void;
  /** Shows events that are on their way to the log. */
  await(events: readonly InteractionEvent[]): void;
  /** Forgets awaited events: they are committed, or lost. */
  settle(eventIds: ReadonlySet<string>): void;
  addPurchases(purchases: readonly OwnPurchase[]): void;
  replace(state: SessionState): void;
  /** Translates the state into a catalogue's ids and, where a model's runtime brings what counts, counts by its categories from now on. */
  adoptIndex(index: ItemIndex, createCounters?: CreateCounters): void;
  /** The state with everything awaited folded in. Not to be changed. */
  state(): SessionState;
  /** The same with counters; there must be an index. */
  view(now: number, utcOffsetMs: number): SessionView;
}

type CreateCounters = typeof createWindowCounters;

/** Creates the session of a device that has seen nothing. */
export function createLiveSession(): LiveSession {
  let committed = createSessionState();
  let awaited: InteractionEvent[] = [];
  let index: ItemIndex | undefined;
  let createCounters: CreateCounters | undefined;
  let counters: WindowCounters | undefined;

  const named = <E extends InteractionEvent>(event: E): E => (index ? canonicalEvent(event, index) : event);
  const overlay = (): SessionState => {
    if (awaited.length === 0) return committed;
    const copy = structuredClone(committed);
    for (const event of awaited) foldEvent(copy, named(event));
    return copy;
  };
  const recount = (): void => {
    counters = index && createCounters?.(index, committed);
  };

  return {
    get committed() {
      return committed;
    },
    commit(events) {
      for (const event of events) if (event.seq > committed.seq) foldEvent(committed, named(event), counters);
    },
    await(events) {
      const ids = new Set(awaited.map((event) => event.eventId));
      awaited = [...awaited, ...events.filter((event) => !ids.has(event.eventId))];
    },
    settle(eventIds) {
      awaited = awaited.filter((event) => !eventIds.has(event.eventId));
    },
    addPurchases(purchases) {
      addPurchases(committed, purchases);
      if (index) canonicaliseState(committed, index);
    },
    replace(state) {
      committed = state;
      if (index) canonicaliseState(committed, index);
      recount();
    },
    adoptIndex(next, create) {
      [index, createCounters] = [next, create];
      canonicaliseState(committed, next);
      recount();
    },
    state: overlay,
    view(now, utcOffsetMs) {
      const state = overlay();
      if (!index) throw new Error('adoptIndex comes first');
      const counted = state === committed ? counters : createCounters?.(index, state);
      return { state, counters: counted as WindowCounters, index, now, utcOffsetMs };
    },
  };
}
