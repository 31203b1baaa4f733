import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectModelInWorker,
  expectOneAdd,
  launchChromium,
  leaveSeen,
  startTool,
  writeBundle,
  writeFiles,
} from './support/app.js';
import { anEmptyFolder, pinned } from './support/install.js';

const PACKAGES = ['next@16.4.6', pinned('react'), pinned('react-dom')];
const NEXT = 'node_modules/next/dist/bin/next';
const folder = anEmptyFolder();
let browser: Browser;
let itemId: string;

beforeAll(async () => {
  itemId = writeBundle(folder.path);
  writeFiles(folder.path, {
    'next.config.mjs': 'export default { reactStrictMode: true };',
    'app/layout.js': `
export default function Layout({ children }) {
  return <html lang="en"><head><link rel="icon" href="data:," /></head><body>{children}</body></html>;
}`,
    // A server component, rendered for each request, with the client component that an app has once.
    'app/page.js': `
import { TillsideSuggestions } from 'tillside/react';
import { Cart } from './cart.js';
export const dynamic = 'force-dynamic';
export default function Page() {
  return <main><h1>Cart</h1><Cart /><TillsideSuggestions placement="drawer" size={2} className="drawer" /></main>;
}`,
    'app/seen.js': leaveSeen(itemId),
    'app/cart.js': `
'use client';
import { useEffect } from 'react';
import { TillsideSuggestions, useTillside } from 'tillside/react';
import { leaveSeen } from './seen.js';

export function Cart() {
  const { tillside, isReady } = useTillside({ bundle: '/models/manifest.json', consent: 'granted' });
  useEffect(() => {
    if (isReady) leaveSeen(tillside);
  }, [tillside, isReady]);
  const onAdd = (added) => {
    window.asked = [...(window.asked ?? []), added];
  };
  return <TillsideSuggestions placement="cart" size={4} onAdd={onAdd} />;
}`,
  });
  [browser] = await Promise.all([launchChromium(), folder.install(...PACKAGES)]);
});

afterAll(async () => {
  await browser?.close();
  folder.remove();
});

describe('the packed tarball in a Next.js app, by its app router', () => {
  it('renders on the server, scores in one worker and counts an add once, in the production build', async () => {
    const built = await folder.run(process.execPath, [NEXT, 'build']);
    expect(built).toMatchObject({ code: 0 });
    const server = await startTool(folder.path, [NEXT, 'start', '--hostname', '127.0.0.1', '--port', '0']);
    try {
      const html = await (await fetch(server.url)).text();
      expect(html).toContain('<tillside-suggestions placement="cart" size="4" heading=""></tillside-suggestions>');
      expect(html).toContain('class="drawer"></tillside-suggestions>');
      await expectModelInWorker({ browser, server, itemId }, expectOneAdd);
    } finally {
      await server.stop();
    }
  });

  it('scores in one worker on the dev server, in StrictMode', async () => {
    const server = await startTool(folder.path, [NEXT, 'dev', '--hostname', '127.0.0.1', '--port', '0']);
    try {
      await expectModelInWorker({ browser, server, itemId }, expectOneAdd);
    } finally {
      await server.stop();
    }
  });
});
