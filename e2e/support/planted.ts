// In: functions of a test. Out: their answers from inside the worker. Playwright cannot look into Firefox's workers, and a policy refuses `eval`.
import type { Page } from '@playwright/test';
import type { Shop } from './test.js';

/** What a test puts into worker.js, as functions that know nothing but their worker. */
export interface Planted {
  /** runs before the worker's own script */
  readonly before?: () => void;
  /** runs when that has been evaluated, long before it starts */
  readonly after?: () => void;
  /** run when `askWorker` asks for them by name, after the worker's own script */
  readonly probes: Readonly<Record<string, (value: never) => unknown>>;
}

/** Serves worker.js with this in it, and with these headers. */
export async function plant(shop: Shop, { before, after, probes }: Planted, headers: Record<string, string> = {}): Promise<void> {
  const methods = Object.entries(probes).map(([name, probe]) => `${JSON.stringify(name)}: ${probe}`);
  const run = (text: unknown, ...args: string[]) => (text ? `;(${text})(${args});\n` : '');
  await shop.alter(
    '/dist/worker.js',
    (bytes) => `${run(before)}${bytes}\n${run(after)}${run(serveProbes, `{ ${methods} }`)}`,
    headers,
  );
}

/** Asks a probe of the page's worker. */
export async function askWorker<T>(page: Page, probe: string, value?: unknown): Promise<T> {
  return page.evaluate(
    ([name, given]) =>
      new Promise<unknown>((resolve) => {
        const channel = new BroadcastChannel('e2e');
        channel.onmessage = ({ data }) => {
          if (!('answer' in data)) return;
          channel.close();
          resolve(data.answer);
        };
        channel.postMessage({ name, given });
      }),
    [probe, value],
  ) as Promise<T>;
}

function serveProbes(probes: Planted['probes']): void {
  const channel = new BroadcastChannel('e2e');
  channel.onmessage = async ({ data }) => {
    if ('name' in data) channel.postMessage({ answer: await probes[data.name]?.(data.given as never) });
  };
}
