// Writes .tflite files: the tables of the format that these models need, over the `flatbuffers` package, so that no converter is installed.
// https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs; the numbers are its fields' places.

const TYPES = { float: 0, int32: 2 };
/** Operator → its number, and what its options table is: its number in the union, and its fields. */
const OPERATORS = {
  add: { code: 0, options: 11, fields: [] },
  concat: { code: 2, options: 10, fields: ['axis'] },
  dense: { code: 9, options: 8, fields: ['activation'] },
  sigmoid: { code: 14 },
  multiply: { code: 18, options: 21, fields: [] },
  tanh: { code: 28 },
  gather: { code: 36, options: 23, fields: [] },
  top: { code: 48, options: 34, fields: [] },
  split: { code: 49, options: 35, fields: ['splits'] },
};
const RELU = 1;

/**
 * Collects tensors and operators of one graph.
 *
 * @param {{ Builder: new (size: number) => object }} flatbuffers
 */
export function createTflite({ Builder }) {
  const tensors = [];
  const buffers = [undefined];
  const operators = [];
  const add = (tensor) => tensors.push({ buffer: 0, type: 'float', ...tensor }) - 1;
  return {
    /** @returns {number} the tensor, as operators name it */
    input: (name, shape, type = 'float') => add({ name, shape, type }),
    constant(name, shape, values) {
      buffers.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      return add({ name, shape, type: values instanceof Int32Array ? 'int32' : 'float', buffer: buffers.length - 1 });
    },
    /** @param {{ shape: number[], type?: string }[]} results @returns {number[]} */
    apply(operator, { from, results, ...options }) {
      const to = results.map(({ shape, type = 'float' }) => add({ name: `t${tensors.length}`, shape, type }));
      operators.push({ operator, from, to, options });
      return to;
    },
    /** @returns {Uint8Array} */
    write: (inputs, outputs) => writeModel(new Builder(1024), { tensors, buffers, operators, inputs, outputs }),
  };
}

function writeModel(builder, { tensors, buffers, operators, inputs, outputs }) {
  const used = [...new Set(operators.map(({ operator }) => operator))];
  const ints = (values) => {
    builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) builder.addInt32(value);
    return builder.endVector();
  };
  const offsets = (values) => {
    builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) builder.addOffset(value);
    return builder.endVector();
  };
  const table = (count, fill) => {
    builder.startObject(count);
    fill();
    return builder.endObject();
  };

  const bufferTables = buffers.map((bytes) => {
    if (!bytes) return table(1, () => {});
    // XNNPACK reads constants where they lie.
    builder.startVector(1, bytes.length, 16);
    builder.space -= bytes.length;
    builder.bb.bytes().set(bytes, builder.space);
    const data = builder.endVector();
    return table(1, () => builder.addFieldOffset(0, data, 0));
  });
  const tensorTables = tensors.map(({ name, shape, type, buffer }) => {
    const [dims, text] = [ints(shape), builder.createString(name)];
    return table(4, () => {
      builder.addFieldOffset(0, dims, 0);
      builder.addFieldInt8(1, TYPES[type], 0);
      builder.addFieldInt32(2, buffer, 0);
      builder.addFieldOffset(3, text, 0);
    });
  });
  const operatorTables = operators.map(({ operator, from, to, options }) => {
    const [reads, writes] = [ints(from), ints(to)];
    const { options: kind, fields } = OPERATORS[operator];
    const written = kind && table(Math.max(1, fields.length), () => writeOptions(builder, fields, options));
    return table(5, () => {
      builder.addFieldInt32(0, used.indexOf(operator), 0);
      builder.addFieldOffset(1, reads, 0);
      builder.addFieldOffset(2, writes, 0);
      if (!kind) return;
      builder.addFieldInt8(3, kind, 0);
      builder.addFieldOffset(4, written, 0);
    });
  });
  const [allTensors, reads, writes, allOperators] = [offsets(tensorTables), ints(inputs), ints(outputs), offsets(operatorTables)];
  const graph = table(4, () => {
    for (const [field, offset] of [allTensors, reads, writes, allOperators].entries()) builder.addFieldOffset(field, offset, 0);
  });
  const codes = offsets(
    used.map((operator) =>
      table(4, () => {
        builder.addFieldInt8(0, OPERATORS[operator].code, 0);
        builder.addFieldInt32(2, 1, 0);
        builder.addFieldInt32(3, OPERATORS[operator].code, 0);
      }),
    ),
  );
  const [graphs, allBuffers] = [offsets([graph]), offsets(bufferTables)];
  const model = table(5, () => {
    builder.addFieldInt32(0, 3, 0);
    builder.addFieldOffset(1, codes, 0);
    builder.addFieldOffset(2, graphs, 0);
    builder.addFieldOffset(4, allBuffers, 0);
  });
  builder.finish(model, 'TFL3');
  return builder.asUint8Array();
}

function writeOptions(builder, fields, options) {
  for (const [place, field] of fields.entries()) {
    if (field === 'activation') builder.addFieldInt8(place, options.relu ? RELU : 0, 0);
    else builder.addFieldInt32(place, options[field], 0);
  }
}
