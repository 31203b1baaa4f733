import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileKernels } from '../../../../scripts/build-kernels.mjs';
import { CANDIDATE_FEATURES } from '../../../../src/core/features/feature-names.js';
import type { Bundle } from '../../../../src/core/model/bundle.js';
import { loadBundle } from '../../../../src/core/model/bundle-loader.js';
import { type ItemTable, scoreItems } from '../../../../src/core/model/item-table.js';
import { openRuntime } from '../../../../src/core/model/open-runtime.js';
import { createItemScorer } from '../../../../src/core/model/own/item-scorer.js';
import { createJsKernels } from '../../../../src/core/model/own/js-kernels.js';
import { createMemory } from '../../../../src/core/model/own/memory.js';
import * as own from '../../../../src/core/model/own/own-runtime.js';
import { createSimdKernels } from '../../../../src/core/model/own/simd-kernels.js';
import * as tfjs from '../../../../src/core/model/tfjs-runtime.js';
import { topRows } from '../../../../src/core/model/top-rows.js';
import { readModels } from '../../../../src/core/model/read-models.js';
import { aBundle, type BundleOptions, DIM } from '../../../support/tiny-bundle.js';
import { randomOf } from '../../../support/tiny-models.js';
import { toKeras3 } from '../../../support/to-keras-3.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

async function loaded(options?: BundleOptions): Promise<Bundle> {
  const { bundle } = await loadBundle({
    ...(await aBundle(options)),
    publicKeys: [],
    now: 0,
    loadModelReader: async () => readModels,
  });
  return bundle;
}

const importOwn = async () => own;
const editModel = (edit: (text: string) => string): BundleOptions => ({
  alter: { 'session-model': (bytes) => new TextEncoder().encode(edit(new TextDecoder().decode(bytes))) },
});

function refuseWasm(): void {
  const refused = class {
    constructor() {
      throw new Error("'wasm-unsafe-eval' is not an allowed source");
    }
  };
  vi.stubGlobal('WebAssembly', { Module: refused });
}

describe("tillside's own runtime", () => {
  it.each(['simd', 'js'] as const)('answers every golden in %s, and gives plain vectors of the right length', async (name) => {
    const runtime = await openRuntime(await loaded(), importOwn, { runtime: name });
    expect(runtime.name).toBe(name);
    expect(runtime.encodeSession(Int32Array.of(1, 2), new Float32Array(20))).toHaveLength(DIM);
    expect(runtime.rankCandidates(new Float32Array(3 * CANDIDATE_FEATURES.length), 3)).toHaveLength(3);
    expect(runtime.rankCandidates(new Float32Array(), 0)).toHaveLength(0);
  });

  it.each([
    ['as Keras 2 spells it', {}],
    ['as Keras 3 spells it', { alter: { 'session-model': toKeras3 } }],
  ])('answers as TF.js does to a bundle %s', async (_, options) => {
    const bundle = await loaded(options);
    const oracle = await openRuntime(bundle, async () => tfjs, {});
    const random = randomOf(3);
    const rows = Int32Array.from({ length: 50 }, () => 1 + Math.floor(random() * 30));
    const behaviour = Float32Array.from({ length: 500 }, random);
    const features = Float32Array.from({ length: 7 * CANDIDATE_FEATURES.length }, () => random() - 0.5);
    for (const name of ['simd', 'js'] as const) {
      const runtime = await openRuntime(bundle, importOwn, { runtime: name });
      const answers = [
        [runtime.encodeSession(rows, behaviour), oracle.encodeSession(rows, behaviour)],
        [runtime.rankCandidates(features, 7), oracle.rankCandidates(features, 7)],
      ] as const;
      for (const [found, expected] of answers)
        expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThanOrEqual(1e-5);
    }
    oracle.dispose();
  });

  it('runs in plain JavaScript where WebAssembly is refused, unless SIMD alone is asked for', async () => {
    const bundle = await loaded();
    refuseWasm();
    expect((await openRuntime(bundle, importOwn, { runtime: 'auto' })).name).toBe('js');
    await expect(openRuntime(bundle, importOwn, { runtime: 'simd' })).rejects.toMatchObject({
      code: 'runtime-unavailable',
      message: expect.stringContaining('wasm-unsafe-eval'),
    });
  });

  it.each([
    ['item_embedding', '"mask_zero":null', '"mask_zero":true'],
    ['encoder', '"go_backwards":false', '"go_backwards":true'],
  ])('names the layer that it does not run: %s with %s', async (layer, before, after) => {
    const bundle = await loaded(editModel((text) => text.replace(before, after)));
    await expect(openRuntime(bundle, importOwn, {})).rejects.toMatchObject({
      code: 'runtime-unavailable',
      message: expect.stringContaining(`"${layer}"`),
    });
  });

  it('refuses to answer with a number that is not finite', async () => {
    const runtime = await openRuntime(await loaded(), importOwn, {});
    expect(() => runtime.encodeSession(Int32Array.of(1), new Float32Array(10).fill(Number.NaN))).toThrow(
      expect.objectContaining({ code: 'model-nonfinite' }),
    );
  });

  it('takes no more memory over 10,000 events', async () => {
    const memory = createMemory(createSimdKernels());
    const score = createItemScorer(aTable(100, 20), [], memory);
    const { byteLength } = memory.floats().buffer;
    for (let event = 0; event < 10_000; event++) score(new Float32Array(20));
    expect(memory.floats().buffer.byteLength).toBe(byteLength);
  });
});

function aTable(count: number, dim: number, random = randomOf(9)): ItemTable {
  const bytes = Uint8Array.from({ length: (count + 1) * dim }, () => Math.floor(random() * 256));
  return { count, dim, scale: 0.01, min: -1.28, bytes };
}

describe('scores of a table of bytes', () => {
  it.each([1, 7, 8, 48, 64, 100, 300])('in %i dimensions: the same top 20, each within 1e-4 of the largest score', (dim) => {
    const random = randomOf(dim);
    const table = aTable(3_001, dim, random);
    const simd = createItemScorer(table, [], createMemory(createSimdKernels()));
    const js = createItemScorer(table, [], createMemory(createJsKernels()));
    let [shared, furthest, most] = [0, 0, 0];
    for (let query = 0; query < 20; query++) {
      const vector = Float32Array.from({ length: dim }, () => random() * 2 - 1);
      const expected = scoreItems(table, vector);
      expect(js(vector)).toEqual(expected);
      const found = simd(vector);
      expect(found[0]).toBe(Number.NEGATIVE_INFINITY);
      for (let row = 1; row <= table.count; row++) {
        furthest = Math.max(furthest, Math.abs(found[row]! - expected[row]!));
        most = Math.max(most, Math.abs(expected[row]!));
      }
      const top = new Set(topRows(expected, 20));
      shared += topRows(found, 20).filter((row) => top.has(row)).length;
    }
    expect(shared / 400).toBeGreaterThanOrEqual(0.99);
    expect(furthest / most).toBeLessThanOrEqual(1e-4);
  });
});

it('carries the kernels that its AssemblyScript compiles to', async () => {
  const committed = readFileSync(new URL('../../../../src/core/model/own/kernels-wasm.ts', import.meta.url), 'utf8');
  expect(await compileKernels()).toBe(committed);
});
