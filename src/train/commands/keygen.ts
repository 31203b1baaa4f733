import type { webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { TillsideError } from '../../core/errors.js';
import { type Command, parseOptions } from './options.js';

const HELP = `tillside keygen [--out tillside.key]

Makes an Ed25519 key pair. The private key goes to a file that only you can read; keep it off the web and out of the repository.
The public key is printed: give it to the SDK (data-public-key="…"), and bundles that it did not sign never run.

  --out FILE   where the private key goes (tillside.key); an existing file is kept`;

export const keygen: Command = {
  name: 'keygen',
  summary: 'makes a key pair for signing bundles',
  help: HELP,
  async run(args) {
    const { values } = parseOptions(args, { out: { type: 'string', default: 'tillside.key' } });
    const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
    const secret = await crypto.subtle.exportKey('pkcs8', pair.privateKey);
    const shared = await crypto.subtle.exportKey('raw', pair.publicKey);
    const file = values.out;
    const text = `${toBase64(secret)}\n${toBase64(shared)}\n`;
    await writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
      const remedy =
        cause.code === 'EEXIST' ? 'it exists, and a lost key cannot be made again. Choose another --out.' : cause.message;
      throw new TillsideError('output-invalid', `${file} was not written: ${remedy}`, cause);
    });
    process.stderr.write(`private key → ${file}\npublic key:\n`);
    process.stdout.write(`${toBase64(shared)}\n`);
    return 0;
  },
};

function toBase64(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('base64');
}
