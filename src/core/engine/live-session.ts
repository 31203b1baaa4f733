import type { InteractionEvent, StoredEvent } from '../domain/event.js';
import type { OwnPurchase } from '../domain/session.js';
import { canonicalEvent, canonicaliseState } from '../features/canonical-ids.js';
import type { SessionView } from '../features/encode-candidates.js';
import { foldEvent } from '../features/fold-event.js';
import type { ItemIndex } from '../features/item-index.js';
import { addPurchases, createSessionState, type SessionState } from '../features/session-state.js';
import type { createWindowCounters, WindowCounters } from '../features/window-counters.js';

/**
 * The folded session of this device and, folded on from it, what this tab did that is not in the log yet: a slate waits for no disk. Events
 * come back from the log as they were awaited, so that a second fold keeps up with the first; where another tab's came between or one was
 * lost, it starts anew from a copy.
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

/** What slates are made of. */
interface Shown {
  /** the committed one itself, while nothing is awaited and nothing was since it was made */
  readonly state: SessionState;
  readonly counters: WindowCounters | undefined;
}

/** Creates the session of a device that has seen nothing. */
export function createLiveSession(): LiveSession {
  let committed = createSessionState();
  let awaited: InteractionEvent[] = [];
  let index: ItemIndex | undefined;
  let createCounters: CreateCounters | undefined;
  /** everything awaited is folded in, in order; none: to be made */
  let shown: Shown | undefined;

  const named = <E extends InteractionEvent>(event: E): E => (index ? canonicalEvent(event, index) : event);
  const show = (): Shown => {
    if (shown) return shown;
    const state = awaited[0] ? structuredClone(committed) : committed;
    for (const event of awaited) foldEvent(state, named(event));
    shown = { state, counters: index && createCounters?.(index, state) };
    return shown;
  };

  return {
    get committed() {
      return committed;
    },
    commit(events) {
      for (const event of events) {
        if (event.seq <= committed.seq) continue;
        const isShared = shown?.state === committed;
        foldEvent(committed, named(event), isShared ? shown?.counters : undefined);
        if (isShared) continue;
        if (shown && awaited[0]?.eventId === event.eventId) shown.state.seq = event.seq;
        else shown = undefined;
        awaited = awaited.filter(({ eventId }) => eventId !== event.eventId);
      }
    },
    await(events) {
      const ids = new Set(awaited.map((event) => event.eventId));
      const fresh = events.filter((event) => !ids.has(event.eventId));
      awaited.push(...fresh);
      if (shown?.state === committed) shown = undefined;
      else if (shown) for (const event of fresh) foldEvent(shown.state, named(event), shown.counters);
    },
    settle(eventIds) {
      const left = awaited.filter((event) => !eventIds.has(event.eventId));
      if (left.length < awaited.length) shown = undefined;
      awaited = left;
    },
    addPurchases(purchases) {
      addPurchases(committed, purchases);
      if (index) canonicaliseState(committed, index);
      shown = undefined;
    },
    replace(state) {
      committed = state;
      if (index) canonicaliseState(committed, index);
      shown = undefined;
    },
    adoptIndex(next, create) {
      [index, createCounters] = [next, create];
      canonicaliseState(committed, next);
      shown = undefined;
    },
    state: () => show().state,
    view(now, utcOffsetMs) {
      const { state, counters } = show();
      if (!index) throw new Error('adoptIndex comes first');
      return { state, counters: counters as WindowCounters, index, now, utcOffsetMs };
    },
  };
}
