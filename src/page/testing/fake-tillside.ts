// In: slates made by hand. Out: a tillside for a shop's own tests, without worker, bundle or storage. Page thread.
import type { Slate } from '../../core/domain/slate.js';
import { VERSION } from '../../core/engine/version.js';
import { type Diagnostic, TillsideError } from '../../core/errors.js';
import { ask } from '../adapters/markup.js';
import type { AddOrder, CartAction } from '../adapters/platform-source.js';
import type { OnError } from '../capture/capture-context.js';
import { whyNotEvent } from '../../core/engine/why-not-event.js';
import type { ConsentState } from '../consent/consent-state.js';
import { documentUrl } from '../document-url.js';
import { reportError } from '../report-error.js';
import { toSafeUrl } from '../safe-url.js';
import { DEFAULT_SIZE } from '../slate-size.js';
import { registerInstance } from '../instance-registry.js';
import { createPageEvents } from '../page-events.js';
import type { Tillside, TillsideEvents, TillsideInstance } from '../tillside.js';
import { aSlate, anEngineStatus } from './builders.js';

export interface FakeTillsideOptions {
  /** the slate of each placement; one that is not named gets `slate` */
  readonly slates?: Readonly<Record<string, Slate>>;
  /** default: `aSlate()` */
  readonly slate?: Slate;
  /** default `granted` */
  readonly consent?: ConsentState;
  /** BCP 47; default: the browser's */
  readonly locale?: string;
}

/** A call of one of the public methods, in order. */
export type FakeCall = {
  readonly [M in RecordedMethod]: { readonly method: M; readonly args: Parameters<Tillside[M]> };
}[RecordedMethod];

type RecordedMethod =
  | 'consent'
  | 'track'
  | 'cart'
  | 'page'
  | 'recommend'
  | 'account'
  | 'add'
  | 'remove'
  | 'erase'
  | 'forget'
  | 'exportData'
  | 'receipt'
  | 'stop';

/** The page's tillside as a test sees it: what the page called, and a hand on what it answers. */
export interface FakeTillside extends TillsideInstance {
  readonly calls: readonly FakeCall[];
  /** what was reported to `onError`, by the widget for one */
  readonly problems: readonly Diagnostic[];
  /** ids of the cards that are watched for being seen */
  readonly observed: readonly string[];
  /** Answers with another slate from now on, and has the page ask for it. @param placement default: each that has none of its own */
  setSlate(slate: Slate, placement?: string): void;
  /** Has `recommend` fail with this, until the next `setSlate`. */
  failWith(error: Error): void;
  /** Tells the page's listeners. */
  emit<K extends keyof TillsideEvents>(type: K, value: TillsideEvents[K]): void;
}

/**
 * Creates a tillside without worker, bundle or storage, and makes it the page's until `stop()`. It answers as the real one does: only with
 * consent, at most as many items as were asked for, and none that is in the cart. `add` asks the shop by `tillside:add`.
 */
export function createFakeTillside(options: FakeTillsideOptions = {}): FakeTillside {
  const state: State = { consent: options.consent ?? 'granted', inCart: new Set(), calls: [], problems: [], observed: [] };
  const onError: OnError = (code, message) => {
    state.problems.push({ code, message });
    emit('error', { code, message });
  };
  // A listener that throws is a problem, and no news to the others.
  const { on, emit } = createPageEvents((code, message) => void state.problems.push({ code, message }));
  const fake: FakeTillside = {
    version: VERSION,
    locale: options.locale,
    strings: undefined,
    images: 'all',
    spriteUrl: undefined,
    calls: state.calls,
    problems: state.problems,
    observed: state.observed,
    get consentState() {
      return state.consent;
    },
    onError,
    onFailure: (error) => reportError(onError, error, 'widget-failed'),
    toUrl: (url) => toSafeUrl(url, documentUrl()),
    on,
    emit,
    observe(_element, { itemId }) {
      state.observed.push(itemId);
      return () => void state.observed.splice(state.observed.indexOf(itemId), 1);
    },
    ...recordingMethods(state, emit, onError),
    ...readingMethods(state, emit),
    ...slateMethods(state, emit, options),
    async stop() {
      state.calls.push({ method: 'stop', args: [] });
      unregister();
      state.consent = 'pending';
      emit('consent', 'pending');
    },
  };
  // Where components are rendered on a server there is no page to register with.
  const unregister = typeof document === 'undefined' ? () => {} : registerInstance(fake);
  return fake;
}

interface State {
  consent: ConsentState;
  readonly inCart: Set<string>;
  readonly calls: FakeCall[];
  readonly problems: Diagnostic[];
  readonly observed: string[];
}

type Emit = FakeTillside['emit'];

function recordingMethods(
  state: State,
  emit: Emit,
  onError: OnError,
): Pick<FakeTillside, 'consent' | 'track' | 'cart' | 'page' | 'account'> {
  const isGranted = () => state.consent === 'granted';
  return {
    consent(answer) {
      state.calls.push({ method: 'consent', args: [answer] });
      if (answer === state.consent) return;
      state.consent = answer;
      if (answer === 'denied') state.inCart.clear();
      emit('consent', answer);
    },
    track(event) {
      state.calls.push({ method: 'track', args: [event] });
      const problem = whyNotEvent({ eventId: 'fake', occurredAt: 0, ...event });
      if (problem) return onError('invalid-event', problem);
      const { type, itemId } = event;
      if (!isGranted() || itemId === undefined || !/_(to|from)_cart$/.test(type)) return;
      if (type === 'add_to_cart') state.inCart.add(itemId);
      else state.inCart.delete(itemId);
      emit('change', undefined);
    },
    cart(lines) {
      state.calls.push({ method: 'cart', args: [lines] });
      if (!isGranted()) return;
      state.inCart.clear();
      for (const { itemId } of lines) state.inCart.add(itemId);
      emit('change', undefined);
    },
    page: (page) => void state.calls.push({ method: 'page', args: [page] }),
    account: (id) => void state.calls.push({ method: 'account', args: [id] }),
  };
}

function readingMethods(
  state: State,
  emit: Emit,
): Pick<FakeTillside, 'add' | 'remove' | 'erase' | 'forget' | 'exportData' | 'receipt' | 'status'> {
  const empty = (method: 'erase' | 'forget') => async (): Promise<void> => {
    state.calls.push({ method, args: [] });
    needConsent(state);
    state.inCart.clear();
    emit('change', undefined);
  };
  return {
    async add(itemId, options = {}) {
      state.calls.push({ method: 'add', args: [itemId, options] });
      needConsent(state);
      const { quantity = 1, listId, target } = options;
      const canRemove = await askShop('add', { itemId, quantity }, target);
      const added = { itemId, quantity, canRemove, ...(listId !== undefined && { listId }) };
      state.inCart.add(itemId);
      emit('add', added);
      emit('change', undefined);
      return added;
    },
    async remove(itemId, options = {}) {
      state.calls.push({ method: 'remove', args: [itemId, options] });
      needConsent(state);
      await askShop('remove', { itemId, quantity: options.quantity ?? 1 }, options.target);
      state.inCart.delete(itemId);
      emit('change', undefined);
    },
    erase: empty('erase'),
    forget: empty('forget'),
    async exportData() {
      state.calls.push({ method: 'exportData', args: [] });
      needConsent(state);
      return { exportedAt: new Date().toISOString(), events: [], purchases: [], session: {}, meta: {} };
    },
    async receipt() {
      state.calls.push({ method: 'receipt', args: [] });
      return { requests: [], behaviourBytesSent: 0, channels: [] };
    },
    async status() {
      return { version: VERSION, consent: state.consent, ...(state.consent === 'granted' && { engine: anEngineStatus() }) };
    },
  };
}

/** @returns whether the shop says that it can take back what it added */
async function askShop(action: CartAction, order: AddOrder, target?: EventTarget): Promise<boolean> {
  try {
    const answer = ask(action, order, target);
    if (!answer) throw new Error(`nobody answered tillside:${action}`);
    return await answer;
  } catch (error) {
    throw new TillsideError(
      'cart-action-failed',
      `${order.itemId} was not ${action === 'add' ? 'added' : 'removed'}: ${error}.`,
      error,
    );
  }
}

function slateMethods(
  state: State,
  emit: Emit,
  { slates, slate = aSlate() }: FakeTillsideOptions,
): Pick<FakeTillside, 'recommend' | 'setSlate' | 'failWith'> {
  const byPlacement = new Map(Object.entries(slates ?? {}));
  let byDefault = slate;
  let failure: Error | undefined;
  return {
    async recommend(request = {}) {
      state.calls.push({ method: 'recommend', args: [request] });
      needConsent(state);
      if (failure) throw failure;
      const made = byPlacement.get(request.placement ?? '') ?? byDefault;
      const left = made.items.filter(({ item }) => !state.inCart.has(item.itemId)).slice(0, request.size ?? DEFAULT_SIZE);
      const answer = { ...made, items: left.map((item, index) => ({ ...item, position: index + 1 })) };
      emit('slate', answer);
      return answer;
    },
    setSlate(next, placement) {
      failure = undefined;
      if (placement === undefined) byDefault = next;
      else byPlacement.set(placement, next);
      emit('change', undefined);
    },
    failWith(error) {
      failure = error;
      emit('change', undefined);
    },
  };
}

function needConsent({ consent }: State): void {
  if (consent !== 'granted') throw new TillsideError('consent-required', `Consent is ${consent}. Call consent("granted") first.`);
}
