import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenBundle, openBundleFolder } from '../../../../src/train/commands/bundle-folder.js';
import { ablate } from '../../../../src/train/evaluate/ablation/ablate.js';
import { ablatedParts } from '../../../../src/train/evaluate/ablation/bundle-parts.js';
import { answer } from '../../../../src/train/evaluate/evaluate.js';
import { printAblation } from '../../../../src/train/evaluate/print-sections.js';
import type { Query } from '../../../../src/train/evaluate/query.js';
import { createBundleRecommender } from '../../../../src/train/evaluate/session-recommender.js';
import { SILENT } from '../../../../src/train/progress.js';
import { aBundleFolder } from '../../../support/a-bundle-folder.js';
import { anEvent, MONDAY_10 } from '../../../support/an-event.js';
import { aQuery } from '../../../support/a-query.js';

let folder: Awaited<ReturnType<typeof aBundleFolder>>;
let open: OpenBundle;
beforeAll(async () => {
  folder = await aBundleFolder();
  open = await openBundleFolder(folder.folder);
});
afterAll(async () => {
  open.runtime?.dispose();
  await folder.remove();
});

function cartOf(...cart: string[]): Query {
  const events = cart.map((itemId, i) => anEvent({ type: 'add_to_cart', itemId, occurredAt: MONDAY_10 + i * 1000 }));
  return { ...aQuery(...cart), events, history: [{ itemId: 'item-7', day: 1 }], target: 'item-2', now: MONDAY_10 + 60_000 };
}

const SETTING = { protocol: 'next-item', historyDays: 30 } as const;
const listOf = (name: string, query: Query) => {
  const part = ablatedParts(open, SETTING).find((each) => each.name === name);
  return part?.recommender.recommend(query, 20).map(({ itemId, score }) => `${itemId} ${score.toFixed(5)}`);
};

describe('the parts of a bundle', () => {
  it('are those that it has and the setting reads, with their bytes', () => {
    const bytesOf = (role: string) => folder.manifest.files.find((file) => file.role === role)?.bytes ?? 0;
    const parts = ablatedParts(open, SETTING);
    expect(parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['neighbour table', 'own purchases', 'repeats', 'session model', 'ranker and session model']),
    );
    const sizes = new Map(parts.map(({ name, bytes }) => [name, bytes]));
    expect(sizes.get('neighbour table')).toBe(bytesOf('neighbours'));
    expect(sizes.get('session model')).toBe(bytesOf('session-model') + bytesOf('session-weights') + bytesOf('item-table'));
    expect(sizes.get('own purchases')).toBe(0);
    const tables = ablatedParts({ ...open, runtime: undefined }, { protocol: 'masked-basket', historyDays: 0 });
    expect(tables.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['repeats']));
    expect(tables.map(({ name }) => name)).not.toContain('session model');
  });

  it('are the ranker alone where there is no session model', async () => {
    const alone = await aBundleFolder({ models: 'ranker' });
    const opened = await openBundleFolder(alone.folder);
    const names = ablatedParts(opened, SETTING).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['context features', 'popularity features', 'ranker']));
    expect(names.filter((name) => name.includes('session model'))).toEqual([]);
    opened.runtime?.dispose();
    await alone.remove();
  });

  it('change the answers when they are off, and leave the whole model as it was', () => {
    const query = cartOf('item-3', 'item-9');
    const whole = () =>
      createBundleRecommender(open.bundle, open.runtime)
        .recommend(query, 20)
        .map(({ itemId, score }) => `${itemId} ${score.toFixed(5)}`);
    const before = whole();
    for (const name of ['neighbour table', 'session model', 'ranker and session model'])
      expect(listOf(name, query)).not.toEqual(before);
    expect(listOf('own purchases', query)).toEqual(
      createBundleRecommender(open.bundle, open.runtime)
        .recommend({ ...query, history: [] }, 20)
        .map(({ itemId, score }) => `${itemId} ${score.toFixed(5)}`),
    );
    expect(whole()).toEqual(before);
  });
});

describe('a part whose features training fed as constant', () => {
  it('is idle, and one of a live feature is not', () => {
    const { features } = open.bundle.manifest;
    const idle = (isConstant: (name: string) => boolean) => {
      const deviation = features.candidate.names.map((name) => (isConstant(name) ? 0 : 1));
      const manifest = { ...open.bundle.manifest, features: { ...features, candidate: { ...features.candidate, deviation } } };
      const parts = ablatedParts({ ...open, bundle: { ...open.bundle, manifest } }, SETTING);
      return parts.filter(({ isIdle }) => isIdle).map(({ name }) => name);
    };
    expect(idle(() => false)).toEqual([]);
    expect(idle((name) => ['popularity', 'boost'].includes(name))).toEqual(['popularity features']);
    expect(idle((name) => name !== 'itemDwell')).toEqual(['context features', 'popularity features']);
  });

  it('is not asked: the whole model has answered', () => {
    const oracle = { name: 'tillside', recommend: ({ target }: Query) => [{ itemId: target, score: 1 }] };
    const round = { seeds: [1], queries: [cartOf('item-3')], answers: [answer(oracle, [cartOf('item-3')])] };
    const never = {
      name: 'idle',
      recommend(): never {
        throw new Error('was asked');
      },
    };
    const parts = [{ name: 'idle', bytes: 0, recommender: never, isIdle: true }];
    const { rows } = ablate(parts, { round, setting: SETTING, progress: SILENT });
    expect(rows[1]).toMatchObject({ off: 'idle', hr4: 1 });
    expect(rows[1]?.brings?.map(({ mean }) => mean)).toEqual([0, 0, 0, 0]);
  });
});

describe('the ablation', () => {
  it('says what a part brings: the whole model less the model without it', () => {
    const queries = [cartOf('item-3'), cartOf('item-4')].map((query, i) => ({ ...query, sessionId: `s${i}` }));
    const oracle = { name: 'tillside', recommend: ({ target }: Query) => [{ itemId: target, score: 1 }] };
    const round = { seeds: [1], queries, answers: [answer(oracle, queries)] };
    const nothing = { name: 'all of it', bytes: 1500, recommender: { name: 'all of it', recommend: () => [] } };
    const ablation = ablate([nothing], { round, setting: SETTING, progress: SILENT });
    expect(ablation.rows.map(({ off, hr4 }) => [off, hr4])).toEqual([
      ['nothing', 1],
      ['all of it', 0],
    ]);
    expect(ablation.rows[1]?.brings?.map(({ figure, k, mean }) => `${figure}@${k} ${mean}`)).toEqual([
      'HR@4 1',
      'HR@10 1',
      'HR@20 1',
      'MRR@20 1',
    ]);
    expect(printAblation(ablation)).toMatch(/Nothing is fitted again.*\n.*\nnothing.*\nall of it +1\.5 KB/s);
  });
});
