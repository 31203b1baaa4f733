// One WebKitGTK window under WebDriver, and the server that it visits. Every test file opens its own.
import { Builder, Capabilities } from 'selenium-webdriver';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { findOnPath, findWebkitGtk } from '../../scripts/find-browsers.mjs';
import { startServer } from '../support/server.mjs';

const READY_TIMEOUT_MS = 10_000;
const SCRIPT_TIMEOUT_MS = 60_000;
/** Off by default in WebKitGTK and on in every Safari that tillside supports. */
const FEATURES = 'StorageAPI,StorageAPIEstimate,EventTiming';

/** @returns {Promise<{ browser: import('selenium-webdriver').WebDriver, url: string, close(): Promise<void> }>} */
export async function openWebkit() {
  const server = await startServer(0);
  const port = await freePort();
  const driver = spawn(findOnPath('WebKitWebDriver') ?? 'WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, NO_AT_BRIDGE: '1' },
    stdio: 'ignore',
  });
  const driverUrl = `http://127.0.0.1:${port}`;
  await untilReady(driverUrl);
  const browser = await new Builder().usingServer(driverUrl).withCapabilities(capabilities()).build();
  await browser.manage().setTimeouts({ script: SCRIPT_TIMEOUT_MS });
  const close = async () => {
    await browser.quit().finally(() => driver.kill('SIGKILL'));
    await server.close();
  };
  return { browser, url: server.url, close };
}

function capabilities() {
  const binary = findWebkitGtk()?.executablePath;
  return new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary, args: ['--automation', `--features=${FEATURES}`] },
  });
}

/** @param {string} driverUrl */
async function untilReady(driverUrl) {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const answered = await fetch(`${driverUrl}/status`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(`WebKitWebDriver did not answer at ${driverUrl} within ${READY_TIMEOUT_MS} ms.`);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resume) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resume(port));
    });
  });
}
