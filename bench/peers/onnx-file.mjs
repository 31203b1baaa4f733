// Writes .onnx files: the few messages of the format that these models need, as protocol buffers by hand, so that no converter is installed.
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

const TYPES = { float: 1, uint8: 2, int8: 3, int64: 7 };
const ATTRIBUTE = { int: 2, ints: 7 };
const IR_VERSION = 8;
const OPSET = 17;

function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

const int = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);
function bytes(field, content) {
  const payload = typeof content === 'string' ? Buffer.from(content) : Buffer.concat([content].flat());
  return Buffer.concat([varint((field << 3) | 2), varint(payload.length), payload]);
}

/** @param {'float' | 'int64' | 'uint8'} type @param {readonly (number | string)[]} shape a text is a size that varies */
export function port(name, type, shape) {
  const dims = shape.map((size) => bytes(1, typeof size === 'string' ? bytes(2, size) : int(1, size)));
  return [bytes(1, name), bytes(2, bytes(1, [int(1, TYPES[type]), bytes(2, dims)]))];
}

/** A constant. */
export function tensor(name, type, { shape, values }) {
  const raw = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return [...shape.map((size) => int(1, size)), int(2, TYPES[type]), bytes(8, name), bytes(9, raw)];
}

/** @param {Record<string, number | readonly number[]>} [attributes] */
export function node(type, { from, to, domain = '', attributes = {} }) {
  const written = Object.entries(attributes).map(([name, value]) => {
    const list = Array.isArray(value);
    const values = list ? value.map((each) => int(8, each)) : [int(3, value)];
    return bytes(5, [bytes(1, name), ...values, int(20, list ? ATTRIBUTE.ints : ATTRIBUTE.int)]);
  });
  return [
    ...from.map((name) => bytes(1, name)),
    ...to.map((name) => bytes(2, name)),
    bytes(4, type),
    ...written,
    bytes(7, domain),
  ];
}

/** @returns {Uint8Array} */
export function onnxFile({ nodes, constants, inputs, outputs }) {
  const graph = [
    ...nodes.map((each) => bytes(1, each)),
    bytes(2, 'graph'),
    ...constants.map((each) => bytes(5, each)),
    ...inputs.map((each) => bytes(11, each)),
    ...outputs.map((each) => bytes(12, each)),
  ];
  const opset = (domain, version) => bytes(8, [bytes(1, domain), int(2, version)]);
  return Buffer.concat([
    int(1, IR_VERSION),
    bytes(2, 'tillside-bench'),
    bytes(7, graph),
    opset('', OPSET),
    opset('com.microsoft', 1),
  ]);
}
