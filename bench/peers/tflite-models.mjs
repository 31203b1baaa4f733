// In: the plain weights of a bundle's models. Out: the same models as TFLite graphs: one event and the ranking, a whole sequence, the ranker.
// The LSTM is written out: TFLite's own keeps its state from one run to the next, and cannot be told to forget it.
import { createTflite } from './tflite-file.mjs';

const TOP = 20;
const STEPS = 50;
const CANDIDATES = 200;

/**
 * @param {import('./read-weights.mjs').Weights} weights
 * @param {object} flatbuffers the package
 * @returns {Map<string, Uint8Array>}
 */
export const tfliteModels = (weights, flatbuffers) =>
  new Map([
    ['event.tflite', eventGraph(weights, createTflite(flatbuffers))],
    ['sequence.tflite', sequenceGraph(weights, createTflite(flatbuffers))],
    ['ranker.tflite', rankerGraph(weights, createTflite(flatbuffers))],
  ]);

function eventGraph(weights, graph) {
  const { count, dim, units, behaviour, lstm, dense } = weights;
  const rows = graph.input('rows', [1], 'int32');
  const told = graph.input('behaviour', [1, behaviour]);
  const [h, c] = [graph.input('h', [1, units]), graph.input('c', [1, units])];
  const mean = graph.input('mean', [1, dim]);
  const table = graph.constant('table', [count, dim], weights.table);
  const [item] = graph.apply('gather', { from: [table, rows], results: [{ shape: [1, dim] }] });
  const inputs = dim + behaviour + units;
  const [step] = graph.apply('concat', { from: [item, told, h], axis: 1, results: [{ shape: [1, inputs] }] });
  const kernel = Float32Array.of(...lstm.kernel, ...lstm.recurrent);
  const weight = graph.constant('cell', [4 * units, inputs], transposed(kernel, inputs, 4 * units));
  const bias = graph.constant('cell_bias', [4 * units], lstm.bias);
  const [gates] = graph.apply('dense', { from: [step, weight, bias], results: [{ shape: [1, 4 * units] }] });
  const [nextH, nextC] = cell(graph, { gates, c, units, axis: axisOf(graph, 1) });
  const session = denseOf(graph, nextH, { name: 'session', kernel: dense.kernel, bias: dense.bias, shape: [1, units, dim] });
  const [asked] = graph.apply('concat', { from: [session, mean], axis: 0, results: [{ shape: [2, dim] }] });
  const [all] = graph.apply('dense', { from: [asked, table, -1], results: [{ shape: [2, count] }] });
  const top = graph.constant('top', [], Int32Array.of(TOP));
  const [scores, places] = graph.apply('top', {
    from: [all, top],
    results: [{ shape: [2, TOP] }, { shape: [2, TOP], type: 'int32' }],
  });
  return graph.write([rows, told, h, c, mean], [nextH, nextC, scores, places]);
}

function sequenceGraph(weights, graph) {
  const { count, dim, units, behaviour, lstm, dense } = weights;
  const rows = graph.input('rows', [STEPS], 'int32');
  const told = graph.input('behaviour', [STEPS, behaviour]);
  const table = graph.constant('table', [count, dim], weights.table);
  const inputs = dim + behaviour;
  const [items] = graph.apply('gather', { from: [table, rows], results: [{ shape: [STEPS, dim] }] });
  const [steps] = graph.apply('concat', { from: [items, told], axis: 1, results: [{ shape: [STEPS, inputs] }] });
  const fromInput = denseOf(graph, steps, {
    name: 'input',
    kernel: lstm.kernel,
    bias: lstm.bias,
    shape: [STEPS, inputs, 4 * units],
  });
  const [byStep, byGate] = [axisOf(graph, 0), axisOf(graph, 1)];
  const each = graph.apply('split', {
    from: [byStep, fromInput],
    splits: STEPS,
    results: Array.from({ length: STEPS }, () => ({ shape: [1, 4 * units] })),
  });
  const recurrent = graph.constant('recurrent', [4 * units, units], transposed(lstm.recurrent, units, 4 * units));
  let h = graph.constant('h', [1, units], new Float32Array(units));
  let c = graph.constant('c', [1, units], new Float32Array(units));
  for (const step of each) {
    const [fromState] = graph.apply('dense', { from: [h, recurrent, -1], results: [{ shape: [1, 4 * units] }] });
    const [gates] = graph.apply('add', { from: [step, fromState], results: [{ shape: [1, 4 * units] }] });
    [h, c] = cell(graph, { gates, c, units, axis: byGate });
  }
  const session = denseOf(graph, h, { name: 'session', kernel: dense.kernel, bias: dense.bias, shape: [1, units, dim] });
  return graph.write([rows, told], [session]);
}

function rankerGraph({ ranker, features }, graph) {
  const input = graph.input('features', [CANDIDATES, features]);
  const output = ranker.reduce((from, { kernel, bias, inputs, outputs, activation }, i) => {
    const shape = [CANDIDATES, inputs, outputs];
    return denseOf(graph, from, { name: `ranker${i}`, kernel, bias, shape, relu: activation === 'relu' });
  }, input);
  return graph.write([input], [output]);
}

/** Gates in Keras's order: input, forget, cell, output. @returns {[number, number]} h, c */
function cell(graph, { gates, c, units, axis }) {
  const results = [{ shape: [1, units] }];
  const [i, f, g, o] = graph.apply('split', { from: [axis, gates], splits: 4, results: Array(4).fill(results[0]) });
  const sigmoid = (from) => graph.apply('sigmoid', { from: [from], results })[0];
  const tanh = (from) => graph.apply('tanh', { from: [from], results })[0];
  const multiply = (a, b) => graph.apply('multiply', { from: [a, b], results })[0];
  const kept = multiply(sigmoid(f), c);
  const written = multiply(sigmoid(i), tanh(g));
  const [nextC] = graph.apply('add', { from: [kept, written], results });
  return [multiply(sigmoid(o), tanh(nextC)), nextC];
}

const axisOf = (graph, axis) => graph.constant(`axis${axis}`, [], Int32Array.of(axis));

function denseOf(graph, from, { name, kernel, bias, shape: [rows, inputs, outputs], relu = false }) {
  const weight = graph.constant(`${name}_kernel`, [outputs, inputs], transposed(kernel, inputs, outputs));
  const constant = graph.constant(`${name}_bias`, [outputs], bias);
  return graph.apply('dense', { from: [from, weight, constant], relu, results: [{ shape: [rows, outputs] }] })[0];
}

/** `[rows, columns]` → `[columns, rows]` */
function transposed(values, rows, columns) {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) turned[column * rows + row] = values[row * columns + column];
  return turned;
}
