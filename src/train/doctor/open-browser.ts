import { existsSync } from 'node:fs';
import type { Browser } from 'playwright';
import { TillsideError } from '../../core/errors.js';
import { importPeer, type PeerUse, whyPeerIsMissing } from '../import-peer.js';
import { findChrome } from './find-chrome.js';

export interface BrowserOptions {
  /** an executable; default: one that is installed */
  readonly path?: string | undefined;
  readonly isHeaded: boolean;
  readonly timeoutMs: number;
}

const PEER: PeerUse = { name: 'playwright', task: 'Opening a page', command: 'doctor URL' };

/** Nothing but the page's own requests: no updates, no suggestions, no metrics. */
const FLAGS = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Opens an installed Chrome, Chromium or Edge, else Playwright's own, with an empty profile.
 *
 * @throws {TillsideError} `playwright-missing` where the optional peer is not installed or cannot be loaded; `browser-missing`
 */
export async function openBrowser({ path, isHeaded, timeoutMs }: BrowserOptions): Promise<Browser> {
  const { chromium } = await loadPlaywright();
  if (path !== undefined && !existsSync(path))
    throw new TillsideError('browser-missing', `--browser-path is "${path}", which is no file. Name the browser's executable.`);
  const own = chromium.executablePath();
  const executablePath = path ?? findChrome() ?? (existsSync(own) ? own : undefined);
  if (executablePath === undefined)
    throw new TillsideError(
      'browser-missing',
      'No Chrome, Chromium or Edge was found on this machine. Install one, name it by --browser-path FILE, or run: npx playwright install chromium',
    );
  try {
    return await chromium.launch({ executablePath, headless: !isHeaded, args: FLAGS, timeout: timeoutMs });
  } catch (cause) {
    const [reason = ''] = (cause as Error).message.replace(/^[\w.]+: /, '').split('\n');
    const hasScreen = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
    if (isHeaded && !hasScreen)
      throw new TillsideError('browser-missing', '--headed needs a display, and DISPLAY is not set. Leave --headed out.', cause);
    throw new TillsideError(
      'browser-missing',
      `${executablePath} does not start (${reason}). Name another Chrome or Chromium by --browser-path FILE.`,
      cause,
    );
  }
}

async function loadPlaywright(): Promise<typeof import('playwright')> {
  try {
    return await importPeer('playwright', () => import('playwright'));
  } catch (cause) {
    throw new TillsideError('playwright-missing', whyPeerIsMissing(cause, PEER), cause);
  }
}
