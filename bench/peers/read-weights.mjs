// In: a bundle's files. Out: the weights of its two models as plain floats, for the files of the peers.

/**
 * @typedef {object} Weights
 * @property {number} count items; the peers' tables have no row 0
 * @property {number} dim @property {number} units @property {number} behaviour @property {number} features
 * @property {Float32Array} table `[count, dim]` @property {Uint8Array} bytes the same, as it ships @property {number} scale @property {number} min
 * @property {{ kernel: Float32Array, recurrent: Float32Array, bias: Float32Array }} lstm in Keras's order
 * @property {{ kernel: Float32Array, bias: Float32Array }} dense
 * @property {{ kernel: Float32Array, bias: Float32Array, inputs: number, outputs: number, activation: string }[]} ranker
 */

/** @param {ReadonlyMap<string, Uint8Array>} files @returns {Weights} */
export function readWeights(files) {
  const json = (path) => JSON.parse(Buffer.from(files.get(path)).toString());
  const manifest = json('manifest.json');
  const model = (role) => json(manifest.files.find((file) => file.role === role).path);
  const session = model('session-model');
  const ranker = model('ranker-model');
  const [kept, ...parts] = session.weightsManifest;
  const [embedding] = kept.weights;
  const { scale, min } = embedding.quantization;
  const [{ count, dim }, tablePath] = [manifest.items, kept.paths[0]];
  const bytes = files.get(tablePath).subarray(dim);
  const [kernel, recurrent, bias, denseKernel, denseBias] = readGroups(parts, files);
  return {
    count,
    dim,
    units: recurrent.shape[0],
    behaviour: kernel.shape[0] - dim,
    features: manifest.features.candidate.names.length,
    table: Float32Array.from(bytes, (value) => value * scale + min),
    bytes,
    scale,
    min,
    lstm: { kernel: kernel.values, recurrent: recurrent.values, bias: bias.values },
    dense: { kernel: denseKernel.values, bias: denseBias.values },
    ranker: readDense(ranker, files),
  };
}

function readDense(model, files) {
  const weights = readGroups(model.weightsManifest, files);
  const layers = model.modelTopology.config.layers.filter(({ class_name }) => class_name === 'Dense');
  return layers.map(({ config }, i) => {
    const [kernel, bias] = weights.slice(2 * i);
    const [inputs, outputs] = kernel.shape;
    return { kernel: kernel.values, bias: bias.values, inputs, outputs, activation: config.activation };
  });
}

function readGroups(groups, files) {
  return groups.flatMap(({ paths, weights }) => {
    const all = Buffer.concat(paths.map((path) => files.get(path)));
    let at = 0;
    return weights.map(({ shape, quantization }) => {
      const length = shape.reduce((a, b) => a * b, 1);
      const isHalf = quantization?.dtype === 'float16';
      if (quantization && !isHalf) throw new Error(`${quantization.dtype} is not read here`);
      const values = Float32Array.from({ length }, (_, i) =>
        isHalf ? fromHalf(all.readUInt16LE(at + 2 * i)) : all.readFloatLE(at + 4 * i),
      );
      at += length * (isHalf ? 2 : 4);
      return { shape, values };
    });
  });
}

function fromHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}
