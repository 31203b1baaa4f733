import type { Endpoint } from 'comlink';

/**
 * Lets through to comlink only calls of the named methods: any other message (another script's, a forged `SET` on a prototype)
 * is ignored.
 */
export function guardEndpoint(endpoint: Endpoint, methods: ReadonlySet<string>): Endpoint {
  const listeners = new Map<EventListenerOrEventListenerObject, (event: Event) => void>();
  return {
    postMessage: (message, transfer) => endpoint.postMessage(message, transfer),
    addEventListener(type, listener) {
      const guarded = (event: Event): void => {
        if (!isCall((event as MessageEvent<unknown>).data, methods)) return;
        if (typeof listener === 'function') listener(event);
        else listener.handleEvent(event);
      };
      listeners.set(listener, guarded);
      endpoint.addEventListener(type, guarded);
    },
    removeEventListener(type, listener) {
      endpoint.removeEventListener(type, listeners.get(listener) ?? listener);
      listeners.delete(listener);
    },
  };
}

function isCall(data: unknown, methods: ReadonlySet<string>): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const { type, id, path, argumentList } = data as { type?: unknown; id?: unknown; path?: unknown; argumentList?: unknown };
  if (type !== 'APPLY' || typeof id !== 'string' || !Array.isArray(path) || path.length !== 1 || !methods.has(path[0]))
    return false;
  return Array.isArray(argumentList) && argumentList.every((argument) => (argument as { type?: unknown } | null)?.type === 'RAW');
}
