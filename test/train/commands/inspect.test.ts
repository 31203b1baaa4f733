import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../../../src/train/commands/inspect.js';
import { verify } from '../../../src/train/commands/verify.js';
import { aBundleFolder } from '../../support/a-bundle-folder.js';
import { runCommand } from '../../support/run-command.js';
import { ITEM_COUNT } from '../../support/tiny-bundle.js';

let bundle: Awaited<ReturnType<typeof aBundleFolder>>;
beforeAll(async () => {
  bundle = await aBundleFolder();
});
afterAll(() => bundle.remove());

describe('inspect', () => {
  it('lists files with their bytes, items, features and settings', async () => {
    const { stdout } = await runCommand(inspect, bundle.folder);
    for (const { path, bytes, role } of bundle.manifest.files)
      expect(stdout).toMatch(new RegExp(`${bytes}\\s+${role}\\s+${path}`));
    expect(stdout).toContain(`${ITEM_COUNT} items, embeddings of 8`);
    expect(stdout).toMatch(/candidate features that vary \(\d+\): lstmScore/);
    expect(stdout).toContain('training.sessions: 100');
  });

  it('says that a ranker works without a session model, and what that gives away', async () => {
    const alone = await aBundleFolder({ models: 'ranker' });
    const { stdout } = await runCommand(inspect, alone.folder);
    expect(stdout).toContain(`${ITEM_COUNT} items, no embeddings`);
    expect(stdout).toContain('no behaviour features: the ranker works without a session model');
    expect(stdout).toMatch(/candidate features that vary \(\d+\): lstmScore/);
    const privacy = (await runCommand(inspect, alone.folder, '--privacy')).stdout;
    expect(privacy).toContain('the weights of the ranker');
    expect(privacy).not.toContain('- item embeddings');
    const verified = await runCommand(verify, '--bundle', alone.folder);
    expect(verified.stdout).toContain('the ranker answers its goldens; no session model');
    await alone.remove();
  });

  it('takes its folder with --bundle too, and verify without, but no two', async () => {
    const [plain, named] = [await runCommand(inspect, bundle.folder), await runCommand(inspect, '--bundle', bundle.folder)];
    expect(named.stdout).toBe(plain.stdout);
    expect((await runCommand(verify, bundle.folder)).stdout).toContain('ok: bundle tiny');
    await expect(runCommand(verify, '--bundle', bundle.folder, 'other')).rejects.toMatchObject({
      code: 'usage',
      message: 'Name one bundle folder, not 2.',
    });
    await expect(runCommand(inspect)).rejects.toMatchObject({ code: 'usage', message: '--bundle is required.' });
  });

  it('prints JSON', async () => {
    const { stdout } = await runCommand(inspect, bundle.folder, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ id: 'tiny', items: { count: ITEM_COUNT } });
  });

  it('says what a competitor could read', async () => {
    const { stdout } = await runCommand(inspect, bundle.folder, '--privacy');
    expect(stdout).toContain(`${ITEM_COUNT * 3} edges, each seen with at least 5 different visitors`);
    expect(stdout).toContain('The first: Item 1, Item 2');
    const facts = JSON.parse((await runCommand(inspect, bundle.folder, '--privacy', '--json')).stdout) as object;
    expect(facts).toMatchObject({ items: ITEM_COUNT, prices: ITEM_COUNT, boosted: 0, hasModels: true });
  });

  it('wants one folder', async () => {
    await expect(runCommand(inspect)).rejects.toMatchObject({ code: 'usage' });
    await expect(runCommand(inspect, 'a', 'b')).rejects.toMatchObject({ code: 'usage' });
  });
});
