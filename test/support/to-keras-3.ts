interface Keras2Layer {
  readonly class_name: string;
  readonly config: Record<string, unknown>;
  readonly inbound_nodes: readonly (readonly [string, number, number, object])[][];
}

/** Rewrites a session model's shapes, connections, types and names as Keras 3 writes them. */
export function toKeras3(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes).replace(/"encoder\/(?=\w+")/g, '"encoder/lstm_cell/');
  const json = JSON.parse(text) as { modelTopology: { class_name: string; config: { layers: Keras2Layer[] } } };
  const { config } = json.modelTopology;
  const layers = config.layers.map(({ config: { batch_input_shape, ...rest }, inbound_nodes, ...layer }) => ({
    ...layer,
    config: {
      ...rest,
      ...(layer.class_name === 'InputLayer'
        ? { batch_shape: batch_input_shape }
        : { dtype: { class_name: 'DTypePolicy', config: { name: 'float32' } } }),
    },
    inbound_nodes: inbound_nodes.map((node) => ({
      args: [node.map(([name]) => ({ class_name: '__keras_tensor__', config: { keras_history: [name, 0, 0] } }))],
      kwargs: {},
    })),
  }));
  const modelTopology = {
    keras_version: '3.8.0',
    model_config: { class_name: 'Functional', config: { ...config, layers, output_layers: ['session_vector', 0, 0] } },
  };
  return new TextEncoder().encode(JSON.stringify({ ...json, modelTopology }));
}
