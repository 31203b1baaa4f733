import { VERSION } from '../core/engine/version.js';
import { askAhead } from './ask-ahead.js';
import type { OnError } from './capture/capture-context.js';
import { documentUrl } from './document-url.js';
import { findInstance, registerInstance } from './instance-registry.js';
import { Lifecycle } from './lifecycle.js';
import { type ResolvedOptions, resolveOptions, toAccount, type TillsideOptions } from './options.js';
import { createPageEvents, type PageEvents } from './page-events.js';
import type { Files, Platform } from './platform.js';
import { reportError } from './report-error.js';
import type { Answers, Loop } from './running-loop.js';
import { createReports } from './reports.js';
import { toSafeUrl } from './safe-url.js';
import type { Tillside, TillsideInstance } from './tillside.js';

/**
 * Creates the page's tillside with the files that an entry knows of, or returns the one the page has.
 *
 * @throws {TillsideError} `invalid-options`
 */
export function createTillsideOn(platform: Platform, options: TillsideOptions): Tillside {
  const resolved = resolveOptions(options, documentUrl());
  return findInstance() ?? compose(platform, resolved);
}

function compose(platform: Platform, options: ResolvedOptions): TillsideInstance {
  const onError = createReports({ ...options, emit: (type, problem) => events.emit(type, problem) });
  const events = createPageEvents(onError);
  const onChange = (): void => events.emit('change', undefined);
  let { account } = options;
  const lifecycle = new Lifecycle({
    ...options,
    async loadLoop(onWithdrawn) {
      const files = platform(options.baseUrl);
      const { holdLoop } = await files.load(options.holdout ? 'holdout' : 'loop');
      return () => holdLoop(files, { ...options, account }, { tell: events.emit, onChange, onError, onWithdrawn });
    },
    onBegin(loop) {
      analytics ??= loop.openAnalytics(instance);
    },
    onArm: () => takeOff(platform(options.baseUrl), options, onError),
    onConsent(state) {
      if (state === 'granted') askAhead(options).catch(() => {}); // the worker asks too, and says what is wrong
      events.emit('consent', state);
    },
    onError,
  });
  const instance: TillsideInstance = {
    ...forWidgets(options, onError),
    get consentState() {
      return lifecycle.consentState;
    },
    on: events.on,
    account(id) {
      const next = toAccount(id);
      if (next === account) return;
      account = next;
      lifecycle.restart();
      onChange();
    },
    ...recordingMethods(lifecycle, onError),
    ...readingMethods(lifecycle, events, onError),
    async receipt() {
      const files = platform(options.baseUrl);
      return (await files.load('receipt')).readReceipt(files, options, lifecycle.running);
    },
    stop() {
      unregister();
      analytics?.then((stop) => stop());
      return lifecycle.stop();
    },
  };
  let analytics: ReturnType<Loop['openAnalytics']>;
  const unregister = registerInstance(instance);
  return instance;
}

/** What widgets need beside the public methods. */
function forWidgets({ locale, strings, images, spriteUrl }: ResolvedOptions, onError: OnError) {
  return {
    version: VERSION,
    locale: locale ?? (document.documentElement.lang || undefined),
    strings,
    images,
    spriteUrl,
    onError,
    onFailure: (error: unknown) => reportError(onError, error, 'widget-failed'),
    toUrl: (url: unknown) => toSafeUrl(url, documentUrl()),
  } satisfies Partial<TillsideInstance>;
}

/** Has the cart forget the arm of a holdout test, where consent was withdrawn. */
function takeOff(files: Files, options: ResolvedOptions, onError: OnError): void {
  files.load('holdout').then(
    (test) => test.takeOff(files, options, onError),
    () => {}, // a browser's console says which file is missing
  );
}

/** What a page tells. It is dropped without consent (or held in memory before it, if the shop wants that), and what is wrong with it is reported, never thrown. */
function recordingMethods(
  lifecycle: Lifecycle,
  onError: OnError,
): Pick<TillsideInstance, 'consent' | 'track' | 'cart' | 'page' | 'observe'> {
  const toCapture = (method: 'track' | 'setCart' | 'page') => (value: unknown) =>
    lifecycle.run(({ capture }) => capture[method](value as never));
  return {
    consent(answer) {
      if (answer === 'granted' || answer === 'denied') lifecycle.answer(answer);
      else onError('invalid-options', `tillside.consent was given ${String(answer)}. Use "granted" or "denied".`);
    },
    track: toCapture('track'),
    cart: toCapture('setCart'),
    page: toCapture('page'),
    observe: (element, impression) => lifecycle.running?.capture.observe(element, impression) ?? (() => {}),
  };
}

/** What a page asks for: every promise settles, and without consent it is rejected. What answers comes with the loop. */
function readingMethods(
  lifecycle: Lifecycle,
  events: PageEvents,
  onError: OnError,
): Pick<TillsideInstance, keyof Answers | 'forget' | 'status'> {
  let answers: Answers | undefined;
  const ask = <Name extends keyof Answers>(name: Name, isReported?: boolean): Answers[Name] => {
    const answer = async (...args: readonly unknown[]): Promise<unknown> => {
      try {
        const { createAnswers } = await lifecycle.needLoop();
        answers ??= createAnswers(() => lifecycle.needLoop(), events);
        return await (answers[name] as (...args: readonly unknown[]) => Promise<unknown>)(...args);
      } catch (error) {
        if (isReported) reportError(onError, error);
        throw error;
      }
    };
    return answer as Answers[Name];
  };
  const erase = ask('erase');
  return {
    recommend: ask('recommend'),
    add: ask('add', true),
    remove: ask('remove', true),
    erase,
    forget: erase,
    exportData: ask('exportData'),
    async status() {
      const engine = await lifecycle.running?.engine.status();
      return { version: VERSION, consent: lifecycle.consentState, ...(engine && { engine }) };
    },
  };
}
