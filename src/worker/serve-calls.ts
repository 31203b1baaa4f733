// In: messages of the page. Out: an answer to each call of a named method. The worker's half of comlink's protocol; the page's is comlink.
import type { Endpoint } from 'comlink';
import { toDiagnostic } from '../core/errors.js';
import { anything, list, object, oneOf, text, tryRead } from '../core/shape.js';

/** What can be called: plain arguments in, a promise of plain data out. */
export type Methods<Api> = { readonly [Name in keyof Api]: (...args: never[]) => unknown };

/**
 * Answers comlink's calls of an API's own methods, errors with their `code`. Any other message (another script's, a forged `SET` on a
 * prototype, a proxied argument) is ignored, where comlink's own `expose` would follow it.
 */
export function serveCalls<Api extends Methods<Api>>(api: Api, endpoint: Endpoint): void {
  const methods = new Map<string, (...args: unknown[]) => unknown>(Object.entries(api));
  const callShape = object<{ type: 'APPLY'; id: string; path: string[]; argumentList: { type: 'RAW'; value?: unknown }[] }>({
    type: oneOf('APPLY'),
    id: text(),
    path: list(oneOf(...methods.keys()), 1, 1),
    argumentList: list(object<{ type: 'RAW'; value?: unknown }>({ type: oneOf('RAW'), value: anything })),
  });
  endpoint.addEventListener('message', async (event) => {
    const call = tryRead(callShape, (event as MessageEvent<unknown>).data);
    if (!call) return;
    const { id, path, argumentList } = call;
    try {
      const value = await methods.get(path[0] as string)?.(...argumentList.map((argument) => argument.value));
      endpoint.postMessage({ id, type: 'RAW', value });
    } catch (error) {
      // comlink throws an error with every field of `value` on it, so `code` survives; the stack stays here.
      const value = { name: 'TillsideError', ...toDiagnostic(error, 'worker-failed') };
      endpoint.postMessage({ id, type: 'HANDLER', name: 'throw', value: { isError: true, value } });
    }
  });
}
