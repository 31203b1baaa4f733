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
  /** Shows an event that is on its way to the log. */
  await(event: InteractionEvent): void;
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
  readonly counters?: WindowCounters | undefined;
}

/** Creates the session of a device that has seen nothing. */
export function createLiveSession(): LiveSession {
  return new TwoFolds();
}

class TwoFolds implements LiveSession {
  #committed = createSessionState();
  /** by id, in order */
  readonly #awaited = new Map<string, InteractionEvent>();
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
      const [first] = this.#awaited.keys();
      if (shown && first === event.eventId) shown.state.seq = event.seq;
      else this.#shown = undefined;
      this.#awaited.delete(event.eventId);
    }
  }

  await(event: InteractionEvent): void {
    if (this.#awaited.has(event.eventId)) return;
    this.#awaited.set(event.eventId, event);
    if (this.#shown?.state === this.#committed) this.#shown = undefined;
    if (this.#shown) this.#fold(this.#shown, event);
  }

  settle(eventIds: ReadonlySet<string>): void {
    for (const eventId of eventIds) if (this.#awaited.delete(eventId)) this.#shown = undefined;
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
    const state = this.#awaited.size ? structuredClone(this.#committed) : this.#committed;
    for (const event of this.#awaited.values()) this.#fold({ state }, event);
    this.#shown = { state, counters: this.#index && this.#createCounters?.(this.#index, state) };
    return this.#shown;
  }

  #fold({ state, counters }: Shown, event: InteractionEvent): void {
    foldEvent(state, this.#named(event), counters);
  }
}
