// In: the plain weights of a bundle's models. Out: the same models as ONNX graphs: one event and the ranking, a whole sequence, the ranker.
import { node, onnxFile, port, tensor } from './onnx-file.mjs';

const TOP = 20;
/** ONNX's gates are input, output, forget, cell; Keras's input, forget, cell, output. */
const GATES = [0, 3, 1, 2];

/**
 * @param {import('./read-weights.mjs').Weights} weights
 * @returns {Map<string, Uint8Array>}
 */
export const onnxModels = (weights) =>
  new Map([
    ['event.onnx', eventGraph(weights, 'float')],
    ['event-int8.onnx', eventGraph(weights, 'uint8')],
    ['sequence.onnx', sequenceGraph(weights)],
    ['ranker.onnx', rankerGraph(weights)],
  ]);

/** One step on the state that it is given, the whole catalogue scored by the session's vector and by the mean, the best 20 of both. */
function eventGraph(weights, precision) {
  const { dim, units, behaviour } = weights;
  return onnxFile({
    inputs: [
      port('rows', 'int64', [1]),
      port('behaviour', 'float', [1, 1, behaviour]),
      port('h', 'float', [1, 1, units]),
      port('c', 'float', [1, 1, units]),
      port('mean', 'float', [1, dim]),
    ],
    outputs: [
      port('next_h', 'float', [1, 1, units]),
      port('next_c', 'float', [1, 1, units]),
      port('scores', 'float', [2, TOP]),
      port('places', 'int64', [2, TOP]),
    ],
    constants: [
      ...cellConstants(weights),
      tensor('table', 'float', { shape: [weights.count, dim], values: weights.table }),
      tensor('top', 'int64', { shape: [1], values: BigInt64Array.of(BigInt(TOP)) }),
      ...(precision === 'float' ? [] : byteTable(weights)),
    ],
    nodes: [
      ...cellNodes({ from: 'table', states: ['h', 'c'], units }),
      node('Concat', { from: ['session', 'mean'], to: ['asked'], attributes: { axis: 0 } }),
      precision === 'float'
        ? node('Gemm', { from: ['asked', 'table'], to: ['all'], attributes: { transB: 1 } })
        : node('DynamicQuantizeMatMul', {
            from: ['asked', 'bytes', 'scale', 'zero'],
            to: ['all'],
            domain: 'com.microsoft',
          }),
      node('TopK', { from: ['all', 'top'], to: ['scores', 'places'], attributes: { axis: 1 } }),
    ],
  });
}

function sequenceGraph(weights) {
  const { dim, units, behaviour } = weights;
  return onnxFile({
    inputs: [port('rows', 'int64', ['steps']), port('behaviour', 'float', ['steps', 1, behaviour])],
    outputs: [port('session', 'float', [1, dim])],
    constants: [...cellConstants(weights), tensor('table', 'float', { shape: [weights.count, dim], values: weights.table })],
    nodes: cellNodes({ from: 'table', states: ['', ''], units }),
  });
}

function rankerGraph({ ranker, features }) {
  return onnxFile({
    inputs: [port('features', 'float', ['candidates', features])],
    outputs: [port('affinity', 'float', ['candidates', 1])],
    constants: ranker.flatMap(({ kernel, bias, inputs, outputs }, i) => [
      tensor(`kernel${i}`, 'float', { shape: [inputs, outputs], values: kernel }),
      tensor(`bias${i}`, 'float', { shape: [outputs], values: bias }),
    ]),
    nodes: ranker.flatMap(({ activation }, i) => {
      const isLast = i === ranker.length - 1;
      const to = isLast ? 'affinity' : `hidden${i}`;
      const from = [i === 0 ? 'features' : `active${i - 1}`, `kernel${i}`, `bias${i}`];
      return [
        node('Gemm', { from, to: [to] }),
        ...(activation === 'relu' ? [node('Relu', { from: [to], to: [`active${i}`] })] : []),
      ];
    }),
  });
}

/** Rows of `from` and behaviour → LSTM → Dense → `session`, `next_h`, `next_c`. */
const cellNodes = ({ from, states, units }) => [
  node('Gather', { from: [from, 'rows'], to: ['items'] }),
  node('Unsqueeze', { from: ['items', 'one'], to: ['items3'] }),
  node('Concat', { from: ['items3', 'behaviour'], to: ['steps'], attributes: { axis: 2 } }),
  node('LSTM', {
    from: ['steps', 'W', 'R', 'B', '', ...states],
    to: ['', 'next_h', 'next_c'],
    attributes: { hidden_size: units },
  }),
  node('Squeeze', { from: ['next_h', 'zeroth'], to: ['hidden'] }),
  node('Gemm', { from: ['hidden', 'session_kernel', 'session_bias'], to: ['session'] }),
];

function cellConstants({ lstm, dense, dim, units, behaviour }) {
  const inputs = dim + behaviour;
  const transposed = (kernel, rows) => {
    const values = new Float32Array(4 * units * rows);
    for (const [gate, keras] of GATES.entries())
      for (let u = 0; u < units; u++)
        for (let i = 0; i < rows; i++) values[(gate * units + u) * rows + i] = kernel[i * 4 * units + keras * units + u];
    return values;
  };
  const biases = new Float32Array(8 * units);
  for (const [gate, keras] of GATES.entries())
    for (let u = 0; u < units; u++) biases[gate * units + u] = lstm.bias[keras * units + u];
  return [
    tensor('W', 'float', { shape: [1, 4 * units, inputs], values: transposed(lstm.kernel, inputs) }),
    tensor('R', 'float', { shape: [1, 4 * units, units], values: transposed(lstm.recurrent, units) }),
    tensor('B', 'float', { shape: [1, 8 * units], values: biases }),
    tensor('session_kernel', 'float', { shape: [units, dim], values: dense.kernel }),
    tensor('session_bias', 'float', { shape: [dim], values: dense.bias }),
    tensor('one', 'int64', { shape: [1], values: BigInt64Array.of(1n) }),
    tensor('zeroth', 'int64', { shape: [1], values: BigInt64Array.of(0n) }),
  ];
}

/** The table's own bytes, transposed; a zero point is whole, which moves every score alike. */
function byteTable({ bytes, scale, min, count, dim }) {
  const values = new Uint8Array(count * dim);
  for (let row = 0; row < count; row++) for (let d = 0; d < dim; d++) values[d * count + row] = bytes[row * dim + d];
  return [
    tensor('bytes', 'uint8', { shape: [dim, count], values }),
    tensor('scale', 'float', { shape: [1], values: Float32Array.of(scale) }),
    tensor('zero', 'uint8', { shape: [1], values: Uint8Array.of(Math.round(-min / scale)) }),
  ];
}
