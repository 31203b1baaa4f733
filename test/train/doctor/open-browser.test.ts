import { expect, it, vi } from 'vitest';

const OPTIONS = { isHeaded: false, timeoutMs: 1_000 };

it('names a browser that is not at its path', async () => {
  const { openBrowser } = await import('../../../src/train/doctor/open-browser.js');
  await expect(openBrowser({ ...OPTIONS, path: '/no/such/chrome' })).rejects.toMatchObject({
    code: 'browser-missing',
    message: expect.stringContaining('/no/such/chrome'),
  });
});

it('says why playwright does not load where it is installed', async () => {
  vi.resetModules();
  vi.doMock('playwright', () => {
    throw new Error('Playwright requires Node.js 20 or higher');
  });
  vi.stubEnv('PATH', '');
  const { openBrowser } = await import('../../../src/train/doctor/open-browser.js');
  await expect(openBrowser(OPTIONS)).rejects.toMatchObject({
    code: 'playwright-missing',
    message: expect.stringMatching(
      /^Opening a page needs playwright, which is installed but cannot be loaded: .* npm install playwright$/,
    ),
  });
});
