import type { webcrypto } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { TillsideError } from '../../core/errors.js';
import { canonicalManifest, readManifest } from '../../core/model/manifest.js';
import { manifestPath, readBundleFolder, readManifestText } from './bundle-folder.js';
import { type Command, parseOptions, required } from './options.js';

const HELP = `tillside sign --bundle DIR --key FILE

Checks every file of a bundle, then signs its manifest with the private key that "tillside keygen" made.`;

export const sign: Command = {
  name: 'sign',
  summary: 'signs a bundle',
  help: HELP,
  async run(args) {
    const { values } = parseOptions(args, { bundle: { type: 'string' }, key: { type: 'string' } });
    const folder = required('bundle', values.bundle);
    const { secret, shared } = await readKey(required('key', values.key));
    await readBundleFolder(folder);
    const text = await readManifestText(folder);
    readManifest(text);
    const manifest = JSON.parse(text) as object;
    const value = await crypto.subtle.sign('Ed25519', secret, new TextEncoder().encode(canonicalManifest(manifest)));
    const signed = { ...manifest, signature: { key: shared, value: Buffer.from(value).toString('base64') } };
    const path = manifestPath(folder);
    // A reader never sees half a manifest.
    await writeFile(`${path}.tmp`, `${JSON.stringify(signed, null, 2)}\n`);
    await rename(`${path}.tmp`, path);
    process.stderr.write(`signed ${path} with ${shared}\n`);
    return 0;
  },
};

/** The two lines of a key file: private (PKCS #8) and public (raw), base64. */
async function readKey(file: string): Promise<{ secret: webcrypto.CryptoKey; shared: string }> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new TillsideError('input-missing', `Key file not found: ${file}. Make one with "tillside keygen".`, cause);
  });
  const [secret = '', shared = ''] = text.split(/\s+/);
  try {
    const key = await crypto.subtle.importKey('pkcs8', Buffer.from(secret, 'base64'), 'Ed25519', false, ['sign']);
    return { secret: key, shared };
  } catch (cause) {
    throw new TillsideError('input-invalid', `${file} is not a key file. Make one with "tillside keygen".`, cause);
  }
}
