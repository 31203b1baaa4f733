import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../src/core/errors.js';
import { checkLayersModel } from '../../../src/core/model/checked-models.js';
import { type LayersModelSource, readLayersModel } from '../../../src/core/model/layers-model.js';
import { parseJson } from '../../../src/core/model/parse-json.js';

interface Spec {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: unknown;
}

const layer = (class_name: string, config: Record<string, unknown>, from: readonly string[]) => ({
  class_name,
  name: config.name,
  config,
  inbound_nodes: from.length > 0 ? [from.map((name) => [name, 0, 0, {}])] : [],
});

/** A model of one Dense layer, 3 → 2, and what a test changes of it. */
function aModel({
  layers,
  specs,
  bytes,
  output = 'out',
}: {
  layers?: unknown[];
  specs?: Spec[];
  bytes?: Uint8Array;
  output?: string;
} = {}) {
  const modelTopology = {
    class_name: 'Functional',
    config: {
      name: 'm',
      layers: layers ?? [
        layer('InputLayer', { name: 'in', batch_input_shape: [null, 3] }, []),
        layer('Dense', { name: 'out', units: 2, activation: 'relu' }, ['in']),
      ],
      input_layers: [['in', 0, 0]],
      output_layers: [[output, 0, 0]],
    },
  };
  const weights = specs ?? [
    { name: 'out/kernel', shape: [3, 2], dtype: 'float32' },
    { name: 'out/bias', shape: [2], dtype: 'float32' },
  ];
  const text = JSON.stringify({ modelTopology, weightsManifest: [{ paths: ['w.bin'], weights }] });
  return { text, shards: new Map([['w.bin', bytes ?? new Uint8Array(32)]]), maxParameters: 1_000 };
}

/** As a bundle's model goes: its JSON parsed by the loader, read and checked by the runtime. */
const readChecked = ({ text, ...source }: ModelText) => {
  const json = parseJson(text, { what: 'The model', code: 'model-invalid' });
  return checkLayersModel(readLayersModel({ ...source, json }));
};

interface ModelText extends Omit<LayersModelSource, 'json'> {
  readonly text: string;
}

const refusal = (source: ModelText) => {
  try {
    readChecked(source);
    return undefined;
  } catch (error) {
    return [codeOf(error), (error as Error).message] as const;
  }
};

describe('a layers model', () => {
  it('reads a model whose topology asks for exactly its weights', () => {
    const { inputs, output, weightSpecs } = readChecked(aModel());
    expect([...inputs]).toEqual([['in', [null, 3]]]);
    expect(output).toEqual([null, 2]);
    expect(weightSpecs.map(({ name }) => name)).toEqual(['out/kernel', 'out/bias']);
  });

  it('reads Keras 3 shapes and connections, and Keras 2 wrappers', () => {
    const history = { class_name: '__keras_tensor__', config: { shape: [null, 3], keras_history: ['in', 0, 0] } };
    const layers = [
      {
        class_name: 'InputLayer',
        name: 'in',
        config: { name: 'in', batch_shape: [null, 3], dtype: 'float32' },
        inbound_nodes: [],
      },
      {
        class_name: 'Dense',
        name: 'out',
        config: {
          name: 'out',
          units: 2,
          activation: 'linear',
          dtype: { class_name: 'DTypePolicy', config: { name: 'float32' } },
        },
        inbound_nodes: [{ args: [history], kwargs: {} }],
      },
    ];
    const source = aModel({ layers });
    const json = JSON.parse(source.text) as { modelTopology: object };
    const text = JSON.stringify({ ...json, modelTopology: { keras_version: '3.0', model_config: json.modelTopology } });
    expect(readChecked({ ...source, text }).output).toEqual([null, 2]);
  });

  it('reads every layer a bundle may use, and knows the shape it puts out', () => {
    const layers = [
      layer('InputLayer', { name: 'in', batchInputShape: [null, null, 4] }, []),
      layer('GRU', { name: 'gru', units: 4, return_sequences: true, recurrent_activation: 'sigmoid' }, ['in']),
      layer('Dropout', { name: 'drop', rate: 0.5 }, ['gru']),
      layer('Add', { name: 'add' }, ['gru', 'drop']),
      layer('Permute', { name: 'turn', dims: [2, 1] }, ['add']),
      layer('Dot', { name: 'dot', axes: [2, 1] }, ['turn', 'add']),
      layer('Reshape', { name: 'flat', target_shape: [16] }, ['dot']),
      layer('Activation', { name: 'act', activation: 'tanh' }, ['flat']),
      layer('Concatenate', { name: 'both', axis: -1 }, ['flat', 'act']),
      layer('Dense', { name: 'out', units: 1, use_bias: false }, ['both']),
    ];
    const specs = [
      { name: 'gru/kernel', shape: [4, 12], dtype: 'float32' },
      { name: 'gru/gru_cell/recurrent_kernel', shape: [4, 12], dtype: 'float32' },
      { name: 'gru/bias', shape: [12], dtype: 'float32' },
      { name: 'out/kernel', shape: [32, 1], dtype: 'float32' },
    ];
    const { output, weightSpecs } = readChecked(aModel({ layers, specs, bytes: new Uint8Array(4 * (48 + 48 + 12 + 32)) }));
    expect(output).toEqual([null, 1]);
    expect(weightSpecs[1]?.name).toBe('gru/recurrent_kernel');
  });

  it('refuses truncated and extra weight bytes', () => {
    for (const length of [31, 33, 0, 28]) expect(refusal(aModel({ bytes: new Uint8Array(length) }))?.[0]).toBe('model-invalid');
  });

  it('refuses NaN and infinite weights, also in float16 and in a scale', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const bytes = new Uint8Array(Float32Array.of(0, 0, 0, 0, 0, value, 0, 0).buffer);
      expect(refusal(aModel({ bytes }))?.[0]).toBe('model-nonfinite');
    }
    const packed = (quantization: unknown, bytes: Uint8Array) =>
      aModel({
        bytes,
        specs: [
          { name: 'out/kernel', shape: [3, 2], dtype: 'float32', quantization },
          { name: 'out/bias', shape: [2], dtype: 'float32' },
        ],
      });
    const half = new Uint8Array(20);
    expect(refusal(packed({ dtype: 'float16' }, half))).toBeUndefined();
    half[11] = 0x7c;
    expect(refusal(packed({ dtype: 'float16' }, half))?.[0]).toBe('model-nonfinite');
    expect(refusal(packed({ dtype: 'uint8', scale: 1e38, min: 0 }, new Uint8Array(14)))?.[0]).toBe('model-nonfinite');
    expect(refusal(packed({ dtype: 'int8', scale: 1, min: 0 }, new Uint8Array(14)))?.[0]).toBe('model-invalid');
  });

  it('refuses a topology that asks for more than its weights, before anything is built', () => {
    const wide = (units: unknown) => [
      layer('InputLayer', { name: 'in', batch_input_shape: [null, 3] }, []),
      layer('Dense', { name: 'out', units }, ['in']),
    ];
    for (const units of [3, 4096, 1e9, -1, 0.5, '2', null, Number.MAX_SAFE_INTEGER])
      expect(refusal(aModel({ layers: wide(units) }))?.[0]).toBe('model-invalid');
    const doubled = Array.from({ length: 60 }, (_, i) =>
      layer('Concatenate', { name: `c${i}` }, i === 0 ? ['in', 'in'] : [`c${i - 1}`, `c${i - 1}`]),
    );
    const input = layer('InputLayer', { name: 'in', batch_input_shape: [null, 4096] }, []);
    expect(refusal(aModel({ layers: [input, ...doubled], output: 'c59' }))?.[1]).toContain('8192');
    const silent = [
      layer('InputLayer', { name: 'in', batch_input_shape: [null, 3] }, []),
      layer('Dense', { name: 'big', units: 4096 }, ['in']),
    ];
    expect(refusal(aModel({ layers: [...silent, layer('Dense', { name: 'out', units: 2 }, ['in'])] }))?.[0]).toBe(
      'model-invalid',
    );
  });

  it('refuses more parameters than its cap, whatever the specs multiply to', () => {
    expect(refusal({ ...aModel(), maxParameters: 7 })?.[1]).toContain('8 parameters');
    const specs = [{ name: 'out/kernel', shape: [2 ** 52, 2 ** 52, 2 ** 52], dtype: 'float32' }];
    expect(refusal(aModel({ specs }))?.[0]).toBe('model-invalid');
  });

  it('refuses unknown layers, activations, settings and connections', () => {
    const input = layer('InputLayer', { name: 'in', batch_input_shape: [null, 3] }, []);
    const bad = [
      [input, layer('Lambda', { name: 'out' }, ['in'])],
      [input, layer('constructor', { name: 'out' }, ['in'])],
      [input, layer('__proto__', { name: 'out' }, ['in'])],
      [input, layer('TimeDistributed', { name: 'out', layer: layer('Dense', { name: 'x', units: 2 }, []) }, ['in'])],
      [input, layer('Dense', { name: 'out', units: 2, activation: 'constructor' }, ['in'])],
      [input, layer('Dense', { name: 'out', units: 2, constructor: 1 }, ['in'])],
      [
        input,
        JSON.parse(
          '{"class_name":"Dense","name":"out","config":{"units":2,"__proto__":{"x":1}},"inbound_nodes":[[["in",0,0,{}]]]}',
        ),
      ],
      [input, layer('Dense', { name: 'out', units: 2 }, ['later'])],
      [input, layer('Dense', { name: 'out', units: 2 }, ['__proto__'])],
      [input, input, layer('Dense', { name: 'out', units: 2 }, ['in'])],
      [],
      [null],
    ];
    for (const layers of bad) expect(refusal(aModel({ layers }))?.[0], JSON.stringify(layers)).toBe('model-invalid');
  });

  it('refuses shards that are not its own files', () => {
    const source = aModel();
    for (const path of ['../w.bin', 'https://evil.test/w.bin', '__proto__', 'other.bin']) {
      expect(refusal({ ...source, text: source.text.replace('w.bin', path) })?.[0]).toBe('model-invalid');
    }
    const twice = source.text.replace('"paths":["w.bin"]', '"paths":["w.bin","w.bin"]');
    expect(refusal({ ...source, text: twice })?.[0]).toBe('model-invalid');
    expect(refusal({ ...source, shards: new Map([...source.shards, ['more.bin', new Uint8Array(4)]]) })?.[0]).toBe(
      'model-invalid',
    );
  });

  it('drops initialisers and regularisers, so that building draws nothing', () => {
    const layers = [
      layer('InputLayer', { name: 'in', batch_input_shape: [null, 3] }, []),
      layer(
        'Dense',
        {
          name: 'out',
          units: 2,
          kernel_initializer: { class_name: 'Evil', config: {} },
          bias_regularizer: { class_name: 'Evil' },
        },
        ['in'],
      ),
    ];
    const text = JSON.stringify(readChecked(aModel({ layers })).modelTopology);
    expect(text).not.toContain('Evil');
    expect(text).toContain('"kernel_initializer":{"class_name":"Zeros","config":{}}');
  });

  it('answers any JSON and any nesting with a code', () => {
    fc.assert(fc.property(fc.json(), (text) => refusal({ ...aModel(), text })?.[0] === 'model-invalid'));
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('layers', 'config', 'weightsManifest', 'modelTopology', 'inbound_nodes', 'units', 'shape'),
        (value, name) => {
          const source = aModel();
          const text = JSON.stringify(JSON.parse(source.text, (key, old) => (key === name ? value : old)));
          const code = refusal({ ...source, text })?.[0];
          return code === undefined || code === 'model-invalid' || code === 'model-nonfinite';
        },
      ),
    );
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(refusal({ ...aModel(), text: deep })?.[0]).toBe('model-invalid');
    expect(refusal({ ...aModel(), text: `{"modelTopology":${deep}}` })?.[0]).toBe('model-invalid');
  });
});
