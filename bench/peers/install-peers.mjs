// onnxruntime-web and LiteRT.js are nobody's dependency: whoever measures installs them, into bench/node_modules.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { arePeersInstalled } from '../contenders.mjs';

const COMMAND = ['npm', 'install', '--prefix', 'bench', '--ignore-scripts', '--no-audit', '--no-fund'];

/** @returns {boolean} whether they are there now */
export function installPeers() {
  if (arePeersInstalled()) return true;
  console.error(`Installing what tillside is measured beside (190 MB, into bench/node_modules): ${COMMAND.join(' ')}`);
  const [npm, ...args] = COMMAND;
  const cwd = fileURLToPath(new URL('../../', import.meta.url));
  spawnSync(npm, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  return arePeersInstalled();
}
