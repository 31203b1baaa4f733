import type { Bundle } from '../../core/model/bundle.js';
import { readManifest } from '../../core/model/manifest.js';
import { earlyFileFault, openBundleFolder, readBundleFolder, readManifestText } from './bundle-folder.js';
import { type Command, parseOptions, requiredBundle } from './options.js';

const HELP = `tillside verify [--bundle] DIR [--key BASE64 …]

Checks a bundle as a browser would: schema, digests, layers, finite weights, goldens and, with --key, the signature.
Exits 1 where a browser would refuse it; warns where it would take longer than it need.

  --key BASE64   a public key that must have signed; may be given twice while keys rotate`;

function describeAnswers({ models }: Bundle): string {
  if (!models) return 'tables only';
  return models.session ? 'both models answer their goldens' : 'the ranker answers its goldens; no session model';
}

export const verify: Command = {
  name: 'verify',
  summary: 'checks a bundle as a browser would',
  help: HELP,
  async run(args) {
    const key = { type: 'string', multiple: true, default: [] as string[] } as const;
    const { values, positionals } = parseOptions(args, { bundle: { type: 'string' }, key }, true);
    const folder = requiredBundle(values.bundle, positionals);
    await readBundleFolder(folder, values.key);
    const { bundle, runtime } = await openBundleFolder(folder);
    const manifest = readManifest(await readManifestText(folder));
    const { id, version, signature } = manifest;
    const signed =
      signature === undefined
        ? 'unsigned'
        : values.key.length > 0
          ? `signed by ${signature.key}`
          : `signature by ${signature.key} not checked (no --key)`;
    const fault = await earlyFileFault(folder, manifest);
    if (fault !== undefined) process.stderr.write(`warning: ${fault}\n`);
    process.stdout.write(`ok: bundle ${id}, version ${version}, ${signed}, ${describeAnswers(bundle)}\n`);
    runtime?.dispose();
    return 0;
  },
};
