import type { InteractionEvent } from '../../src/core/domain/event.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { TillsideError } from '../../src/core/errors.js';
import type { ConsentState } from '../../src/page/consent/consent-state.js';
import { documentUrl } from '../../src/page/document-url.js';
import { createPageEvents } from '../../src/page/page-events.js';
import { reportError } from '../../src/page/report-error.js';
import { toSafeUrl } from '../../src/page/safe-url.js';
import type { TillsideInstance } from '../../src/page/tillside.js';
import type { FakeEngine } from './fake-engine.js';

/** An instance made by hand over a fake engine: what a widget sees of tillside, with every knob in reach. */
export interface FakeInstance extends TillsideInstance {
  readonly tracked: unknown[];
  readonly problems: { code: ErrorCode; message: string }[];
  readonly observed: string[];
  setConsent(state: ConsentState): void;
  /** answers the next quick adds as the shop would */
  answerAdd: (itemId: string) => Promise<void>;
  /** whether the shop says that it can take back what it added */
  canRemove: boolean;
  answerRemove: (itemId: string) => Promise<void>;
  /** puts an item into the cart, as if elsewhere on the page */
  putInCart(itemId: string): void;
  change(): void;
  /** says that better slates can be had now, as when the models are in after the first stage */
  refine(): void;
}

export function aFakeInstance(engine: FakeEngine, consent: ConsentState = 'granted'): FakeInstance {
  let state = consent;
  const problems: FakeInstance['problems'] = [];
  const onError = (code: ErrorCode, message: string) => void problems.push({ code, message });
  const events = createPageEvents(onError);
  const tell = (type: 'add_to_cart' | 'remove_from_cart' | 'dismiss', itemId: string) => {
    const event: InteractionEvent = { eventId: crypto.randomUUID(), type, itemId, occurredAt: 0 };
    void engine.record([event]);
    events.emit('change', undefined);
  };
  const putInCart = (itemId: string) => tell('add_to_cart', itemId);
  const instance: FakeInstance = {
    version: 'fake',
    locale: 'en-GB',
    strings: undefined,
    images: 'all',
    spriteUrl: undefined,
    account: () => {},
    erase: async () => {},
    tracked: [],
    observed: [],
    problems,
    onError,
    onFailure: (error) => reportError(onError, error, 'widget-failed'),
    toUrl: (url) => toSafeUrl(url, documentUrl()),
    get consentState() {
      return state;
    },
    setConsent(next) {
      state = next;
      events.emit('consent', next);
    },
    consent: (answer) => instance.setConsent(answer),
    track(event) {
      instance.tracked.push(event);
      if (event.type === 'dismiss' && event.itemId) tell('dismiss', event.itemId);
    },
    cart: () => {},
    page: () => {},
    observe: (_element, { itemId }) => {
      instance.observed.push(itemId);
      return () => void instance.observed.splice(instance.observed.indexOf(itemId), 1);
    },
    async recommend(request) {
      if (state !== 'granted') throw new TillsideError('consent-required', 'no consent');
      return engine.recommend({ size: 4, ...request });
    },
    answerAdd: async () => {},
    canRemove: false,
    answerRemove: async () => {},
    async add(itemId, options) {
      await instance.answerAdd(itemId);
      putInCart(itemId);
      const { quantity = 1, listId } = options ?? {};
      const added = { itemId, quantity, canRemove: instance.canRemove, ...(listId !== undefined && { listId }) };
      events.emit('add', added);
      return added;
    },
    async remove(itemId) {
      await instance.answerRemove(itemId);
      tell('remove_from_cart', itemId);
    },
    putInCart,
    change: () => events.emit('change', undefined),
    refine: () => events.emit('refine', undefined),
    on: events.on,
    forget: async () => {},
    exportData: () => engine.exportData(),
    receipt: async () => ({ requests: [], behaviourBytesSent: 0, channels: [] }),
    status: async () => ({ version: 'fake', consent: state }),
    stop: async () => {},
  };
  return instance;
}
