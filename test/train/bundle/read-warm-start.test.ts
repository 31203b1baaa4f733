import { beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '../../../src/core/model/bundle.js';
import type { ItemTable } from '../../../src/core/model/item-table.js';
import { type PackedBundle, readPacked } from '../../../src/train/bundle/pack-bundle.js';
import {
  readWarmStart,
  type WarmStart,
  warmEmbeddings,
  warmRanker,
  warmSession,
} from '../../../src/train/bundle/read-warm-start.js';
import { createRandom } from '../../../src/train/fit/random.js';
import { openTensorflow } from '../../../src/train/fit/tensorflow.js';
import { trainBundle } from '../../../src/train/fit/train-bundle.js';
import { choicesOf, chooseRecipe, type RecipeChoices } from '../../../src/train/recipe/choose-recipe.js';
import { describeLog } from '../../../src/train/recipe/describe-log.js';
import { SILENT } from '../../../src/train/progress.js';
import { DEFAULT_SETTINGS } from '../../../src/train/settings.js';
import { aLog } from '../../support/a-log.js';

const SETTINGS = { ...DEFAULT_SETTINGS, dim: 8, units: 8, hidden: [8] };
const DIM = 4;

/** Visits in which items follow each other at a step of 3, 5 or 7 of 24: the last item alone does not tell which. */
function visits(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    visitor: `v${i % 50}`,
    events: [0, 1, 2, 3].map((step) => `view_item:p${(i + (3 + 2 * (Math.floor(i / 24) % 3)) * step) % 24}`),
  }));
}

/** A start whose vector of item i-n is drawn by n alone. */
function aStart(some: Partial<WarmStart> = {}): WarmStart {
  const vectorOf = (itemId: string) => (itemId.startsWith('new') ? undefined : drawn(DIM, itemId));
  return { version: 3, until: 0, items: 20, dim: DIM, vectorOf, ...some };
}

function drawn(length: number, label: string): Float32Array {
  const random = createRandom(5, label);
  return Float32Array.from({ length }, () => random.normal());
}

interface Training {
  readonly warm?: PackedBundle;
  readonly epochs?: number;
  readonly session?: RecipeChoices['session'];
}
const trainOn = (sessions: number, { warm, epochs = 2, session = 'on' }: Training = {}) => {
  const log = aLog(visits(sessions));
  const recipe = { ...choicesOf(chooseRecipe(describeLog(log))), session };
  const data = { log, catalog: [], ...(warm && { warm: readWarmStart(readPacked(warm)) }) };
  return trainBundle(data, { ...SETTINGS, epochs, recipe }, SILENT);
};
const lossesOf = ({ manifest }: PackedBundle) => manifest.training.sessionLosses as { train: number }[];
const idsOf = (packed: PackedBundle) => {
  const { index } = readPacked(packed);
  return Array.from({ length: index.count }, (_, i) => index.itemIdOf(i + 1));
};

describe('a warm start', () => {
  let cold: PackedBundle;
  beforeAll(async () => {
    cold = await trainOn(600);
  }, 240_000);

  it('begins with a lower loss than a cold one, where the older bundle has not seen what is measured on', async () => {
    const warm = await trainOn(600, { warm: await trainOn(150, { epochs: 20 }) });
    expect(lossesOf(warm)[0]?.train).toBeLessThan((lossesOf(cold)[0]?.train as number) - 0.05);
  }, 240_000);

  it('measures a cold fit where the older bundle has, and publishes one that started from it, with the same items in the same rows', async () => {
    const warm = await trainOn(600, { warm: cold });
    expect(lossesOf(warm)).toEqual(lossesOf(cold));
    expect(warm.manifest.metrics).toEqual(cold.manifest.metrics);
    expect(idsOf(warm)).toEqual(idsOf(cold));
    const tableOf = ({ files }: PackedBundle) => files.find(({ role }) => role === 'item-table')?.sha256;
    expect(tableOf(warm)).not.toBe(tableOf(cold));
  }, 240_000);

  it('reads the vectors, the session weights and the ranker as devices have them', () => {
    const bundle = readPacked(cold) as Required<Bundle>;
    const start = readWarmStart(bundle);
    expect(start).toMatchObject({ version: 1, until: 599 * 86_400_000, items: 24, dim: 8 });
    expect(start.session?.map(({ length }) => length)).toEqual([(8 + 10) * 32, 8 * 32, 32, 64, 8]);
    const { scale, min, bytes } = bundle.models.itemTable as ItemTable;
    const row = bundle.index.rowOf('p7');
    expect(start.vectorOf('p7')?.[3]).toBeCloseTo((bytes[row * 8 + 3] as number) * scale + min);
    expect(start.vectorOf('unheard of')).toBeUndefined();
    expect(
      start.ranker?.every(({ kernel, bias, inputs, outputs }) => kernel.length === inputs * outputs && bias.length === outputs),
    ).toBe(true);
  });

  it('gives the ranker alone where the older bundle has no session model', async () => {
    const start = readWarmStart(readPacked(await trainOn(600, { session: 'off' })));
    expect(start.dim).toBe(0);
    expect(start.session).toBeUndefined();
    expect(start.ranker?.at(-1)?.outputs).toBe(1);
    expect(warmEmbeddings(start, ['p0'], new Float32Array(16))).toBeUndefined();
  }, 240_000);

  it('has nothing to give where the older bundle is tables only', async () => {
    const tables = await trainBundle({ log: aLog(visits(60)), catalog: [] }, { ...SETTINGS, epochs: 0 }, SILENT);
    const start = readWarmStart(readPacked(tables));
    expect(warmEmbeddings(start, ['p0'], new Float32Array(16))).toBeUndefined();
    expect(start.session ?? start.ranker).toBeUndefined();
  });
});

describe('warmEmbeddings', () => {
  beforeAll(openTensorflow);
  const known = Array.from({ length: 12 }, (_, i) => `i-${i}`);

  it('gives each item its own vector, whatever its row', () => {
    const ids = known.toReversed();
    const embeddings = warmEmbeddings(aStart(), ids, drawn(DIM * 13, 'own')) as Float32Array;
    ids.forEach((id, i) => {
      expect(embeddings.subarray((i + 1) * DIM, (i + 2) * DIM)).toEqual(drawn(DIM, id));
    });
    expect(embeddings.subarray(0, DIM)).toEqual(new Float32Array(DIM));
  });

  it('carries a new item over as the items that both know are', () => {
    // The older space is the own one with its axes turned round and doubled.
    const own = drawn(DIM * 14, 'own');
    const ownOf = (row: number) => own.slice(row * DIM, (row + 1) * DIM);
    const turned = (vector: Float32Array) => vector.toReversed().map((value) => 2 * value);
    const start = aStart({ vectorOf: (id) => (id === 'new' ? undefined : turned(ownOf(1 + known.indexOf(id)))) });
    const embeddings = warmEmbeddings(start, [...known, 'new'], own) as Float32Array;
    turned(ownOf(13)).forEach((value, d) => {
      expect(Math.abs((embeddings[13 * DIM + d] as number) - value)).toBeLessThan(0.1);
    });
  });

  it('gives nothing where widths differ or hardly any item is known', () => {
    expect(warmEmbeddings(aStart({ dim: 8 }), known, drawn(DIM * 13, 'own'))).toBeUndefined();
    const strangers = known.map((id) => `new ${id}`);
    expect(warmEmbeddings(aStart(), [...strangers, 'i-1'], drawn(DIM * 14, 'own'))).toBeUndefined();
  });
});

describe('warmSession and warmRanker', () => {
  const weights = (sizes: number[]) => sizes.map((size) => new Float32Array(size));

  it('start from the older weights where all sizes match', () => {
    const session = weights([6, 5, 4]);
    const fresh = weights([9, 6, 5, 4]);
    expect(warmSession(aStart({ session }), fresh)).toEqual([fresh[0], ...session]);
    expect(warmSession(aStart({ session: weights([6, 5, 3]) }), fresh)).toBe(fresh);
    expect(warmSession(aStart(), fresh)).toBe(fresh);
  });

  it('take the ranker only with its own layers', () => {
    const layer = (inputs: number, outputs: number) => ({
      inputs,
      outputs,
      kernel: new Float32Array(inputs * outputs),
      bias: new Float32Array(outputs),
    });
    const ranker = [layer(7, 3), layer(3, 1)];
    expect(warmRanker(aStart({ ranker }), [7, 3, 1])).toBe(ranker);
    for (const sizes of [
      [7, 1],
      [7, 4, 1],
      [8, 3, 1],
      [7, 3, 3, 1],
    ])
      expect(warmRanker(aStart({ ranker }), sizes)).toBeUndefined();
    expect(warmRanker(aStart(), [7, 1])).toBeUndefined();
  });
});
