// Which browsers this machine has. Order: the environment's path, Playwright's download, Google Chrome, the distribution's.
import { chromium, firefox } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} FoundBrowser
 * @property {string} source what to print: where it was found
 * @property {string} [channel] Playwright's `channel`
 * @property {string} [executablePath] absent: Playwright's own
 */

const CHROME = {
  linux: ['/opt/google/chrome/chrome'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

/** The first of `names` that is on the PATH. @param {readonly string[]} names */
export function findOnPath(...names) {
  const which = process.platform === 'win32' ? 'where' : 'which';
  for (const name of names) {
    try {
      return execFileSync(which, [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(/\r?\n/)[0];
    } catch {
      // not this one
    }
  }
  return undefined;
}

/** @returns {FoundBrowser | undefined} */
export function findChromium() {
  const fromEnvironment = process.env['TILLSIDE_CHROMIUM'];
  if (fromEnvironment) return { source: fromEnvironment, executablePath: fromEnvironment };
  if (existsSync(chromium.executablePath())) return { source: 'Playwright' };
  const chrome = /** @type {Record<string, string[]>} */ (CHROME)[process.platform]?.find(existsSync);
  if (chrome) return { source: chrome, channel: 'chrome' };
  const installed = findOnPath('chromium', 'chromium-browser');
  return installed ? { source: installed, executablePath: installed } : undefined;
}

/**
 * A Firefox that Playwright has not patched is driven over WebDriver BiDi: its `moz-firefox` channel.
 *
 * @returns {FoundBrowser | undefined}
 */
export function findFirefox() {
  const fromEnvironment = process.env['TILLSIDE_FIREFOX'];
  if (!fromEnvironment && existsSync(firefox.executablePath())) return { source: 'Playwright' };
  const installed = fromEnvironment ?? findOnPath('firefox-esr', 'firefox');
  return installed ? { source: installed, channel: 'moz-firefox', executablePath: installed } : undefined;
}

/** WebKitGTK is its WebDriver, its MiniBrowser and, without a display, Xvfb; Linux only. @returns {FoundBrowser | undefined} */
export function findWebkitGtk() {
  const driver = findOnPath('WebKitWebDriver');
  const browser = driver && findMiniBrowser();
  const display = process.env['DISPLAY'] || findOnPath('xvfb-run');
  return browser && display ? { source: `${driver} (WebKitGTK)`, executablePath: browser } : undefined;
}

function findMiniBrowser() {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib') : [];
  const versions = ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'];
  return folders
    .flatMap((folder) => versions.map((version) => join('/usr/lib', folder, version, 'MiniBrowser')))
    .find(existsSync);
}

export const finders = { chromium: findChromium, firefox: findFirefox, webkitgtk: findWebkitGtk };

/** The browsers that `npm test` needs here: WebKitGTK exists for Linux only. */
export const REQUIRED_BROWSERS = /** @type {(keyof typeof finders)[]} */ (Object.keys(finders)).filter(
  (name) => name !== 'webkitgtk' || process.platform === 'linux',
);

/** Background traffic off, so that a request log holds the page's requests and nothing else. */
export const CHROMIUM_FLAGS = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
