import { expect, it, onTestFinished } from 'vitest';
import { watchOtherTabs } from '../../../src/page/connect/watch-tabs.js';

function watch(): { heard: string[]; stop: () => void; tell: (message: unknown) => void } {
  const heard: string[] = [];
  const stop = watchOtherTabs('mine', (kind) => heard.push(kind));
  const channel = new BroadcastChannel('tillside');
  onTestFinished(() => {
    stop();
    channel.close();
  });
  return { heard, stop, tell: (message) => channel.postMessage(message) };
}

it('hears other tabs, and neither its own engine nor strangers', async () => {
  const { heard, tell } = watch();
  for (const odd of [null, 'forgotten', { kind: 'forgotten' }, { kind: 'begun', from: 'x' }]) tell(odd);
  tell({ kind: 'appended', seq: 1, from: 'mine' });
  tell({ kind: 'appended', seq: 2, from: 'other' });
  tell({ kind: 'forgotten', from: 'other' });
  await expect.poll(() => heard).toEqual(['appended', 'forgotten']);
});

it('is silent in the back/forward cache and says once that something may have been missed', async () => {
  const { heard, tell } = watch();
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  tell({ kind: 'appended', seq: 1, from: 'other' });
  tell({ kind: 'appended', seq: 2, from: 'other' });
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  expect(heard).toEqual(['appended']);
  tell({ kind: 'forgotten', from: 'other' });
  await expect.poll(() => heard).toEqual(['appended', 'forgotten']);
});

it('hears nothing after its undo, not even from the cache', async () => {
  const { heard, stop, tell } = watch();
  const { heard: later } = watch();
  stop();
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  tell({ kind: 'forgotten', from: 'other' });
  await expect.poll(() => later).toContain('forgotten');
  expect(heard).toEqual([]);
});
