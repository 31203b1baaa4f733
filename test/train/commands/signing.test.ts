import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EARLY_FILE } from '../../../src/core/model/early-files.js';
import { keygen } from '../../../src/train/commands/keygen.js';
import { sign } from '../../../src/train/commands/sign.js';
import { verify } from '../../../src/train/commands/verify.js';
import { aBundleFolder } from '../../support/a-bundle-folder.js';
import { runCommand } from '../../support/run-command.js';

let bundle: Awaited<ReturnType<typeof aBundleFolder>>;
beforeEach(async () => {
  bundle = await aBundleFolder({ models: false });
});
afterEach(() => bundle.remove());

async function makeKey(name: string) {
  const file = join(bundle.folder, name);
  const { stdout } = await runCommand(keygen, '--out', file);
  return { file, publicKey: stdout.trim() };
}

describe('keygen, sign and verify', () => {
  it('agree on a bundle', async () => {
    const { file, publicKey } = await makeKey('shop.key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await runCommand(sign, '--bundle', bundle.folder, '--key', file);
    const { code, stdout } = await runCommand(verify, '--bundle', bundle.folder, '--key', publicKey);
    expect(code).toBe(0);
    expect(stdout).toContain(`signed by ${publicKey}`);
  });

  it('refuse an unsigned bundle, a stranger’s key and a manifest that was changed', async () => {
    const shop = await makeKey('shop.key');
    const stranger = await makeKey('stranger.key');
    const check = () => runCommand(verify, '--bundle', bundle.folder, '--key', shop.publicKey);
    await expect(check()).rejects.toMatchObject({ code: 'signature-invalid' });
    await runCommand(sign, '--bundle', bundle.folder, '--key', stranger.file);
    await expect(check()).rejects.toMatchObject({ code: 'signature-invalid' });
    await runCommand(sign, '--bundle', bundle.folder, '--key', shop.file);
    const path = join(bundle.folder, 'manifest.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"version": 1', '"version": 2'));
    await expect(check()).rejects.toMatchObject({ code: 'signature-invalid' });
  });

  it('refuse a file that was changed', async () => {
    const path = join(bundle.folder, bundle.manifest.files[0]?.path as string);
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0, 0, 1));
    await expect(runCommand(verify, '--bundle', bundle.folder)).rejects.toMatchObject({ code: 'digest-mismatch' });
  });

  it('warn where first visits would take longer than they need', async () => {
    const early = join(bundle.folder, EARLY_FILE);
    const check = () => runCommand(verify, '--bundle', bundle.folder);
    expect((await check()).stderr).toBe('');
    await writeFile(early, 'of another bundle');
    expect(await check()).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^warning: first-stage\.txt is of another bundle\. /),
    });
    await rm(early);
    expect(await check()).toMatchObject({ code: 0, stderr: expect.stringMatching(/^warning: first-stage\.txt is missing\. /) });
  });

  it('never overwrite a key', async () => {
    const { file } = await makeKey('shop.key');
    await expect(runCommand(keygen, '--out', file)).rejects.toMatchObject({ code: 'output-invalid' });
  });
});
