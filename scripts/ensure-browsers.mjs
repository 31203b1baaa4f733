// Finds the browsers that the tests need and installs what is missing: Playwright's download, else the Debian package.
// Exits 1 if one is still missing.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { findOnPath, finders, REQUIRED_BROWSERS } from './find-browsers.mjs';

const DOWNLOAD_HOST = 'https://cdn.playwright.dev/';
const DOWNLOAD_TIMEOUT_MS = 300_000;
const PROBE_TIMEOUT_MS = 5_000;
const DEBIAN_PACKAGES = { chromium: ['chromium'], firefox: ['firefox-esr'], webkitgtk: ['webkit2gtk-driver', 'xvfb', 'xauth'] };

/** @typedef {keyof typeof finders} BrowserName */

const missing = () => REQUIRED_BROWSERS.filter((name) => !finders[name]());

/** @param {string} command @param {readonly string[]} args @param {number} [timeoutMs] */
function run(command, args, timeoutMs) {
  console.log(`$ ${command} ${args.join(' ')}`);
  const result = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...(timeoutMs ? { timeout: timeoutMs } : {}),
  });
  return result.status === 0;
}

/** Words to put before a command that needs root, or undefined where root is out of reach. */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  const sudo = findOnPath('sudo');
  return sudo && spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? [sudo, '-n'] : undefined;
}

/** Playwright retries an unreachable host for minutes; behind a proxy the probe would be wrong, so there it just tries. */
async function canDownload() {
  if (process.env['HTTPS_PROXY'] || process.env['https_proxy'] || process.env['PLAYWRIGHT_DOWNLOAD_HOST']) return true;
  return fetch(DOWNLOAD_HOST, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
    () => true,
    () => false,
  );
}

/** @param {readonly BrowserName[]} names @param {boolean} withSystemLibraries */
async function download(names, withSystemLibraries) {
  const downloadable = names.filter((name) => name !== 'webkitgtk');
  if (downloadable.length === 0) return;
  if (!(await canDownload())) {
    console.log(`${DOWNLOAD_HOST} is not reachable: not downloading ${downloadable.join(', ')}.`);
    return;
  }
  const flags = withSystemLibraries ? ['--with-deps'] : [];
  run('npx', ['--no-install', 'playwright', 'install', ...flags, ...downloadable], DOWNLOAD_TIMEOUT_MS);
}

/**
 * One install a group, so that a package which a distribution lacks does not keep the others out.
 *
 * @param {readonly string[]} root
 * @param {readonly string[][]} groups
 */
function aptInstall(root, groups) {
  const [command = '', ...args] = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=300'];
  run(command, [...args, 'update', '-qq']);
  for (const packages of groups) run(command, [...args, 'install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/** A Debian image without any font draws no text, which changes layout, contrast and screenshots. */
function hasFonts() {
  const folder = '/usr/share/fonts/truetype';
  return existsSync(folder) && readdirSync(folder).length > 0;
}

const root = process.platform === 'linux' && findOnPath('apt-get') ? asRoot() : undefined;
if (missing().length > 0) await download(missing(), root !== undefined);
if (root) {
  const groups = [...missing().map((name) => DEBIAN_PACKAGES[name]), ...(hasFonts() ? [] : [['fonts-liberation']])];
  if (groups.length > 0) aptInstall(root, groups);
}

for (const name of REQUIRED_BROWSERS) console.log(`${name.padEnd(9)} ${finders[name]()?.source ?? 'NOT FOUND'}`);
const stillMissing = missing();
if (stillMissing.length > 0) {
  const packages = stillMissing.flatMap((name) => DEBIAN_PACKAGES[name]).join(' ');
  console.error(
    `Missing: ${stillMissing.join(', ')}. Run 'npx playwright install chromium firefox', on Debian 'apt-get install ${packages}',`,
  );
  console.error('or set TILLSIDE_CHROMIUM and TILLSIDE_FIREFOX to the executables.');
  process.exit(1);
}
