import { expect, it, vi } from 'vitest';

const OPTIONS = { isHeaded: false, timeoutMs: 1_000 };

it('names a browser that is not at its path', async () => {
  const { openBrowser } = await import('../../../src/train/doctor/open-browser.js');
  await expect(openBrowser({ ...OPTIONS, path: '/no/such/chrome' })).rejects.toMatchObject({
    code: 'browser-missing',
    message: expect.stringContaining('/no/such/chrome'),
  });
});

it('says how to run with playwright where it is not installed', async () => {
  vi.resetModules();
  vi.doMock('playwright', () => {
    throw new Error("Cannot find package 'playwright'");
  });
  vi.stubEnv('PATH', '');
  const { openBrowser } = await import('../../../src/train/doctor/open-browser.js');
  await expect(openBrowser(OPTIONS)).rejects.toMatchObject({
    code: 'playwright-missing',
    message: expect.stringContaining('npx -p tillside -p playwright tillside doctor URL'),
  });
});
