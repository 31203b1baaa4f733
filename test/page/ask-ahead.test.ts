import { afterEach, expect, it, vi } from 'vitest';
import { askAhead } from '../../src/page/ask-ahead.js';

const OPTIONS = { manifestUrl: 'https://shop.example/models/manifest.json', holdout: undefined, sensitive: [] };

afterEach(() => vi.unstubAllGlobals());

function stubBrowser(databases: readonly string[]) {
  const fetched = vi.fn(async (_url: URL, _init: RequestInit) => new Response('tables'));
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('indexedDB', { databases: async () => databases.map((name) => ({ name, version: 1 })) });
  return fetched;
}

it('asks for the first stage beside the manifest as the worker will, without credentials', async () => {
  const fetched = stubBrowser(['the-shops-own']);
  await askAhead(OPTIONS);
  expect(fetched.mock.calls.map(([url]) => url.href)).toEqual(['https://shop.example/models/first-stage.txt']);
  expect(fetched.mock.calls[0]?.[1]).toMatchObject({ credentials: 'omit', signal: expect.any(AbortSignal) });
});

it('asks for nothing on a device that has a database of ours', async () => {
  const fetched = stubBrowser(['tillside']);
  await askAhead(OPTIONS);
  expect(fetched).not.toHaveBeenCalled();
});

it.each([{ holdout: 0.5 }, { sensitive: ['Health'] }])('asks for nothing that may not be used, with %j', async (options) => {
  const fetched = stubBrowser([]);
  await askAhead({ ...OPTIONS, ...options });
  expect(fetched).not.toHaveBeenCalled();
});
