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
  return new TwoFolds();
}

class TwoFolds implements LiveSession {
  #committed = createSessionState();
  #awaited: InteractionEvent[] = [];
  #index: ItemIndex | undefined;
  #createCounters: CreateCounters | undefined;
  /** everything awaited is folded in, in order; none: to be made */
  #shown: Shown | undefined;

  get committed(): SessionState {
    return this.#committed;
  }

  commit(events: readonly StoredEvent[]): void {
    const committed = this.#committed;
    for (const event of events) {
      if (event.seq <= committed.seq) continue;
      const shown = this.#shown;
      const isShared = shown?.state === committed;
      foldEvent(committed, this.#named(event), isShared ? shown?.counters : undefined);
      if (isShared) continue;
      if (shown && this.#awaited[0]?.eventId === event.eventId) shown.state.seq = event.seq;
      else this.#shown = undefined;
      this.#awaited = this.#awaited.filter(({ eventId }) => eventId !== event.eventId);
    }
  }

  await(events: readonly InteractionEvent[]): void {
    const ids = new Set(this.#awaited.map((event) => event.eventId));
    const fresh = events.filter((event) => !ids.has(event.eventId));
    this.#awaited.push(...fresh);
    if (this.#shown?.state === this.#committed) this.#shown = undefined;
    if (this.#shown) this.#fold(this.#shown, fresh);
  }

  settle(eventIds: ReadonlySet<string>): void {
    const left = this.#awaited.filter((event) => !eventIds.has(event.eventId));
    if (left.length < this.#awaited.length) this.#shown = undefined;
    this.#awaited = left;
  }

  addPurchases(purchases: readonly OwnPurchase[]): void {
    addPurchases(this.#committed, purchases);
    this.#rename();
  }

  replace(state: SessionState): void {
    this.#committed = state;
    this.#rename();
  }

  adoptIndex(index: ItemIndex, createCounters?: CreateCounters): void {
    this.#index = index;
    this.#createCounters = createCounters;
    this.#rename();
  }

  state(): SessionState {
    return this.#show().state;
  }

  view(now: number, utcOffsetMs: number): SessionView {
    const { state, counters } = this.#show();
    const index = this.#index;
    if (!index) throw new Error('adoptIndex comes first');
    return { state, counters: counters as WindowCounters, index, now, utcOffsetMs };
  }

  #named<E extends InteractionEvent>(event: E): E {
    return this.#index ? canonicalEvent(event, this.#index) : event;
  }

  #rename(): void {
    if (this.#index) canonicaliseState(this.#committed, this.#index);
    this.#shown = undefined;
  }

  #show(): Shown {
    if (this.#shown) return this.#shown;
    const state = this.#awaited[0] ? structuredClone(this.#committed) : this.#committed;
    this.#fold({ state, counters: undefined }, this.#awaited);
    this.#shown = { state, counters: this.#index && this.#createCounters?.(this.#index, state) };
    return this.#shown;
  }

  #fold({ state, counters }: Shown, events: readonly InteractionEvent[]): void {
    for (const event of events) foldEvent(state, this.#named(event), counters);
  }
}
