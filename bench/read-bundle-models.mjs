import { readFileSync } from 'node:fs';

const FOLDER = new URL('../examples/gift-shop/bundle/', import.meta.url);
const read = (file) => readFileSync(new URL(file, FOLDER));
const readJson = (file) => JSON.parse(read(file).toString('utf8'));

/** The gift shop's two models as a runtime takes them, with weights as text, which DevTools can carry. */
export function readBundleModels() {
  const { files } = readJson('manifest.json');
  const model = (role) => {
    const { modelTopology, weightsManifest } = readJson(files.find((file) => file.role === role).path);
    const shards = weightsManifest.flatMap(({ paths }) => paths).map(read);
    return {
      modelTopology,
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
      base64: Buffer.concat(shards).toString('base64'),
    };
  };
  return { session: model('session-model'), ranker: model('ranker-model') };
}
