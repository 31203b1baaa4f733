import type { Slate } from '../src/core/domain/slate.js';
import { countOf, itemIdsOf, slateOn, type Tracked, track } from './support/page-api.js';
import { simulatedBundle } from './support/simulated-bundle.js';
import { expect, type PageConfig, type Shop, test } from './support/test.js';

const SHORT_MS = 2_000;
const LONG_MS = 40_000;
const LOOKED_AT = 'garden-9';
/** Looked at for 2 s each; without dwell the model prefers some of them. */
const RIVALS = ['garden-30', 'kitchen-12', 'lighting-20'];

test('40 s instead of 2 s on a product page moves that product up the slate and becomes its reason', async ({ shop }) => {
  test.slow(); // trains
  shop.mount('/models/simulated', await simulatedBundle());
  const config = { bundle: '/models/simulated/manifest.json', reasons: 'session' } as const;
  const slateAfter = (dwellMs: number) => slateOf(shop, { config, items: [LOOKED_AT, ...RIVALS], dwellMs });
  const [short, long] = [await slateAfter(SHORT_MS), await slateAfter(LONG_MS)];
  expect(short.strategy).toBe('model');
  expect(itemIdsOf(long)).not.toEqual(itemIdsOf(short));

  const before = short.items.find(({ item }) => item.itemId === LOOKED_AT);
  const after = long.items.find(({ item }) => item.itemId === LOOKED_AT);
  expect(before?.position).toBeGreaterThan(1);
  expect(before?.contributions[0]?.signal).not.toBe('dwell');
  expect(before?.reason.code).toBe('you-looked-at-this');
  expect(after).toMatchObject({ position: 1, reason: { code: 'you-spent-time-on-this' } });
  // Of all that moved it up, dwell grew most.
  const brought = (item: typeof after, signal: string) =>
    item?.contributions.find((part) => part.signal === signal)?.contribution ?? 0;
  const growth = (after?.contributions ?? []).map(({ signal, contribution }) => ({
    signal,
    by: contribution - brought(before, signal),
  }));
  expect(growth.sort((a, b) => b.by - a.by)[0]?.signal).toBe('dwell');
});

test('a bundle trained without dwell is untouched by it, to the byte', async ({ shop }) => {
  const items = ['85123A', '22423', '47566'];
  const slateAfter = (dwellMs: number) => slateOf(shop, { config: { reasons: 'session' }, items, dwellMs });
  const short = await slateAfter(SHORT_MS);
  expect(short.strategy).toBe('model');
  expect(short.items).toHaveLength(10);
  expect(JSON.stringify((await slateAfter(LONG_MS)).items)).toBe(JSON.stringify(short.items));
});

interface Scenario {
  readonly config: PageConfig;
  /** looked at in this order, the first for `dwellMs`, the others for 2 s */
  readonly items: readonly string[];
  readonly dwellMs: number;
}

/** Looks at the items on an empty device at a moment that is always the same, and asks what to suggest. */
async function slateOf(shop: Shop, { config, items, dwellMs }: Scenario): Promise<Slate> {
  const now = Date.UTC(2026, 5, 1, 12);
  await shop.alter('/dist/worker.js', (bytes) => `Date.now = () => ${now};\n${bytes}`);
  await shop.configure(config);
  const page = await shop.visit('plain.html');
  await page.clock.setFixedTime(now);
  await page.evaluate(() => window.tillside?.forget());
  const looks = items.flatMap((itemId, i): Tracked[] => [
    { type: 'view_item', itemId },
    { type: 'dwell', itemId, dwellMs: i === 0 ? dwellMs : SHORT_MS },
  ]);
  await track(page, ...looks);
  await expect.poll(() => countOf(page, 'dwell')).toBe(items.length);
  return slateOn(page, { size: 10 });
}
