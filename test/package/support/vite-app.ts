import { spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Slate } from '../../../src/core/domain/slate.js';
import type { TillsideStatus } from '../../../src/page/tillside.js';
import { plainEnvironment, ROOT } from './install.js';

/** What the app leaves on `window`: a slate and a status, once there are both. */
export interface Seen {
  readonly slate: Slate;
  readonly status: TillsideStatus;
}

/** Its command, as a file for Node. */
export const VITE = 'node_modules/vite/bin/vite.js';
const START_TIMEOUT_MS = 30_000;

/** Writes the smallest app that a Vite user would: no config, the README's two imports, the bundle in `public/models/`. */
export function writeViteApp(folder: string): { itemId: string } {
  cpSync(join(ROOT, 'examples/gift-shop/bundle'), join(folder, 'public/models'), { recursive: true });
  const readJson = (file: string) => JSON.parse(readFileSync(join(folder, 'public/models', file), 'utf8'));
  const { files } = readJson('manifest.json') as { files: readonly { role: string; path: string }[] };
  const vocabulary = files.find(({ role }) => role === 'vocabulary')!.path;
  const [itemId] = (readJson(vocabulary) as { items: readonly [string] }).items;
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><head><title>app</title><link rel="icon" href="data:,"></head><body>
<tillside-suggestions placement="cart" size="4"></tillside-suggestions><script type="module" src="/main.js"></script></body></html>\n`,
  );
  writeFileSync(
    join(folder, 'main.js'),
    `import { createTillside } from 'tillside';
import 'tillside/element';
const tillside = createTillside({ bundle: '/models/manifest.json' });
tillside.consent('granted');
tillside.track({ type: 'add_to_cart', itemId: ${JSON.stringify(itemId)} });
window.seen = tillside.recommend({ size: 4 }).then(async (slate) => ({ slate, status: await tillside.status() }));\n`,
  );
  return { itemId };
}

/** Starts one of Vite's servers and waits for the URL that it prints. */
export async function startVite(
  folder: string,
  ...args: string[]
): Promise<{ url: string; log(): string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [VITE, ...args, '--host', '127.0.0.1'], { cwd: folder, env: plainEnvironment() });
  let log = '';
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  const url = await new Promise<string>((found, failed) => {
    const fail = () => failed(new Error(`vite ${args.join(' ')} printed no URL:\n${log}`));
    const timer = setTimeout(fail, START_TIMEOUT_MS);
    const read = (chunk: Buffer) => {
      log += chunk;
      const match = /http:\/\/127\.0\.0\.1:\d+\//.exec(log);
      if (!match) return;
      clearTimeout(timer);
      found(match[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(fail);
  });
  const stop = () => {
    child.kill();
    return ended;
  };
  return { url, log: () => log, stop };
}
