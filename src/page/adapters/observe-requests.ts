// In: the page's own fetch and XMLHttpRequest. Out: those requests to the shop that a source asked for. Page thread; nothing is held up.
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import { documentUrl } from '../document-url.js';
import { valueAt } from './value-at.js';

/** What the page sends: what it passed as the body, the entries of a form, or the promise of either where a `Request` holds it. */
export interface ObservedRequest {
  readonly url: URL;
  readonly body: unknown;
}

export interface ObservedAnswer {
  /** the status is 200–299 */
  readonly isOk: boolean;
  /** Reads a copy: the page's own answer stays unread. Rejects when it is no JSON. */
  readJson(): Promise<unknown>;
}

export interface RequestObserver {
  /** asked for requests to the page's own origin only */
  isWatched(url: URL): boolean;
  /** Called as a request starts; what it returns is called once it is answered, with nothing when it failed. */
  onRequest(request: ObservedRequest): (answer?: ObservedAnswer) => void;
}

type Settle = ReturnType<RequestObserver['onRequest']>;
type AnyFunction = (...args: unknown[]) => unknown;

/**
 * Observes the page's requests. The page gets the very promise, errors and bodies it would get without us; only where it handles the failure
 * of an observed fetch nowhere, the browser does not report that as unhandled.
 *
 * @returns the stop, which takes our hooks away where they are still on top and else leaves them idle
 */
export function observeRequests(context: CaptureContext, observer: RequestObserver): () => void {
  const { guard, onStop, stop } = openScope(context);
  /** Nothing of ours may fail inside the page's call. */
  const attempt = <T>(read: () => T): T | undefined => {
    let value: T | undefined;
    guard(() => {
      value = read();
    })();
    return value;
  };
  const begin = (url: URL | undefined, readBody: () => unknown): Settle | undefined =>
    attempt(() =>
      url && observer.isWatched(url) ? onceGuarded(observer.onRequest({ url, body: readBody() }), guard) : undefined,
    );
  for (const hookOne of [hookFetch, hookXhr]) {
    const undo = attempt(() => hookOne(context, begin));
    if (undo) onStop(undo);
  }
  return stop;
}

type Begin = (url: URL | undefined, readBody: () => unknown) => Settle | undefined;

function hookFetch({ window }: CaptureContext, begin: Begin): () => void {
  return hook(window, 'fetch', (call, args) => {
    const [input, init] = args as [unknown, RequestInit | undefined];
    const settle = begin(toUrl(input), () => bodyOf(init?.body ?? (input instanceof Request ? input : undefined)));
    if (!settle) return call();
    const answer = callOrSettle(call, settle);
    try {
      // First in line, so that the copy is made before the page reads its own.
      (answer as Promise<Response>).then(
        (response) => settle(toAnswer(response)),
        () => settle(),
      );
    } catch {
      settle(); // another's fetch that gives no promise
    }
    return answer;
  });
}

function hookXhr(context: CaptureContext, begin: Begin): () => void {
  const urls = new WeakMap<XMLHttpRequest, unknown>();
  const prototype = context.window.XMLHttpRequest.prototype;
  const undoOpen = hook(prototype, 'open', (call, args, self) => {
    urls.set(self as XMLHttpRequest, args[1]);
    return call();
  });
  const undoSend = hook(prototype, 'send', (call, args, self) => {
    const request = self as XMLHttpRequest;
    const settle = begin(toUrl(urls.get(request)), () => bodyOf(args[0]));
    if (!settle) return call();
    const { listen, stop } = openScope(context);
    listen(request, 'load error abort timeout', () => {
      stop();
      settle({ isOk: request.status >= 200 && request.status < 300, readJson: async () => jsonOf(request) });
    });
    return callOrSettle(call, settle);
  });
  return () => {
    undoSend();
    undoOpen();
  };
}

/** Puts a function of ours before the page's own; a proxy, so that its name, length and properties stay. */
function hook(owner: object, name: string, onCall: (call: () => unknown, args: unknown[], self: unknown) => unknown): () => void {
  const original: unknown = Reflect.get(owner, name);
  if (!isFunction(original)) return () => {};
  let isActive = true;
  const ours = new Proxy(original, {
    apply(target, self, args: unknown[]) {
      const call = () => Reflect.apply(target, self, args);
      return isActive ? onCall(call, args, self) : call();
    },
  });
  Reflect.set(owner, name, ours);
  return () => {
    isActive = false;
    if (Reflect.get(owner, name) === ours) Reflect.set(owner, name, original);
  };
}

const isFunction = (value: unknown): value is AnyFunction => typeof value === 'function';

function callOrSettle(call: () => unknown, settle: Settle): unknown {
  try {
    return call();
  } catch (error) {
    settle();
    throw error;
  }
}

function onceGuarded(settle: Settle, guard: ReturnType<typeof openScope>['guard']): Settle {
  let isSettled = false;
  return guard((answer?: ObservedAnswer) => {
    if (isSettled) return;
    isSettled = true;
    settle(answer);
  });
}

/** Only what the browser's own types say: a page's object must not be asked twice for its text. */
function toUrl(input: unknown): URL | undefined {
  try {
    const isKnown = typeof input === 'string' || input instanceof URL || input instanceof Request;
    const url = isKnown ? new URL(input instanceof Request ? input.url : input, documentUrl()) : undefined;
    return url?.origin === location.origin ? url : undefined;
  } catch {
    return undefined; // the browser will say so itself
  }
}

function bodyOf(body: unknown): unknown {
  if (body instanceof FormData) return [...body];
  if (!(body instanceof Request)) return body instanceof URLSearchParams ? body.toString() : body;
  const copy = body.clone();
  const isJson = copy.headers.get('content-type')?.includes('json');
  return (isJson ? copy.text() : copy.formData().then((form) => [...form])).catch(() => undefined);
}

function toAnswer(response: Response): ObservedAnswer {
  let copy: Response | undefined;
  try {
    copy = response.clone();
  } catch {
    // another's wrapper has read it, or made something else of it
  }
  return { isOk: valueAt(response, 'ok') === true, readJson: async () => copy?.json() };
}

function jsonOf(request: XMLHttpRequest): unknown {
  return request.responseType === 'json' ? request.response : JSON.parse(request.responseText);
}
