/** A bundle's models and item table, as a runtime takes them. */
export async function readBundle(folder) {
  const read = async (path) => new Uint8Array(await (await fetch(`${folder}/${path}`)).arrayBuffer());
  const json = async (path) => JSON.parse(new TextDecoder().decode(await read(path)));
  const manifest = await json('manifest.json');
  const pathOf = (role) => manifest.files.find((file) => file.role === role).path;
  const model = async (role) => {
    const { modelTopology, weightsManifest } = await json(pathOf(role));
    const parts = await Promise.all(weightsManifest.flatMap(({ paths }) => paths).map(read));
    const weightData = new Uint8Array(await new Blob(parts).arrayBuffer());
    return { modelTopology, weightSpecs: weightsManifest.flatMap(({ weights }) => weights), weightData };
  };
  const [session, ranker] = await Promise.all([model('session-model'), model('ranker-model')]);
  const { scale, min } = session.weightSpecs[0].quantization;
  const { count, dim } = manifest.items;
  // The table is the first of the session model's weights.
  const bytes = session.weightData.slice(0, (count + 1) * dim);
  const { behaviour, candidate } = manifest.features;
  return {
    models: { session, ranker },
    count,
    dim,
    units: session.weightSpecs.find(({ name }) => name.endsWith('recurrent_kernel')).shape[0],
    itemTable: { count, dim, scale, min, bytes },
    behaviour: behaviour.names.length,
    features: candidate.names.length,
  };
}
