// In: the address of a shop's page. Out: what works there, what does not, and what to do. Node, with a browser.
import type { Browser } from 'playwright';
import { VERSION } from '../../core/engine/version.js';
import { TillsideError } from '../../core/errors.js';
import { diagnose } from '../doctor/diagnose.js';
import { openBrowser } from '../doctor/open-browser.js';
import { printFindings } from '../doctor/print-findings.js';
import { visitPage } from '../doctor/visit-page.js';
import { createProgress } from '../progress.js';
import { type Command, oneOf, parseOptions, wholeNumber } from './options.js';

const HELP = `tillside doctor URL [--consent granted|as-is] [--browser-path FILE] [--headed] [--timeout SECONDS] [--json]

Opens a page of the shop in a browser with an empty profile, and says what of tillside works there, what does not, and
what to do. The cart page shows most. Exits 1 where something is broken, 0 otherwise.

It opens the page as a visitor would, and asks for tillside's own files there once more; it sends nothing to anybody else
and changes nothing. The page's own scripts run as on any visit.

  --consent granted    default: answers "granted" to tillside, so that all can be looked at; it ends with the browser
  --consent as-is      leaves consent as a first visit finds it
  --browser-path FILE  the browser's executable; default: an installed Chrome, Chromium or Edge
  --headed             shows the browser
  --timeout SECONDS    for all of it, default 30
  --json               the same as JSON

Needs playwright beside tillside: npx -p tillside -p playwright tillside doctor https://shop.example/cart`;

const OPTIONS = {
  consent: { type: 'string', default: 'granted' },
  'browser-path': { type: 'string' },
  headed: { type: 'boolean', default: false },
  timeout: { type: 'string', default: '30' },
  json: { type: 'boolean', default: false },
} as const;

const NOTE = 'Opening the page as a visitor would, with an empty profile; nothing else is sent anywhere.';
const ANSWERED = 'Consent is answered "granted" for this look only.';
/** A visit is given this much however long the browser took to start. */
const LEAST_MS = 2_000;
const CLOSE_MS = 3_000;

export const doctor: Command = {
  name: 'doctor',
  summary: "says what works on a shop's page, what does not, and what to do",
  help: HELP,
  async run(args) {
    const { values, positionals } = parseOptions(args, OPTIONS, true);
    const url = readUrl(positionals);
    const consent = oneOf('consent', values.consent, ['granted', 'as-is']);
    const timeoutMs = 1_000 * (wholeNumber('timeout', values.timeout, { least: 5, most: 600 }) ?? 30);
    const progress = createProgress(process.stderr);
    const startedAt = performance.now();
    const browser = await openBrowser({ path: values['browser-path'], isHeaded: values.headed, timeoutMs });
    try {
      progress.note(consent === 'granted' ? `${NOTE} ${ANSWERED}` : NOTE);
      progress.stage(url, 0);
      const visit = await visitPage(browser, {
        url,
        consent,
        timeoutMs: Math.max(LEAST_MS, startedAt + timeoutMs - performance.now()),
      });
      progress.done();
      const findings = diagnose(visit);
      const isBroken = findings.some(({ verdict }) => verdict === 'broken');
      const facts = { url: visit.markup.url, version: VERSION, consent, ok: !isBroken };
      const plain = findings.map(({ explains: _, because: __, ...finding }) => finding);
      process.stdout.write(
        `${values.json ? JSON.stringify({ ...facts, findings: plain }, null, 2) : printFindings(findings, terminal())}\n`,
      );
      return isBroken ? 1 : 0;
    } finally {
      await close(browser);
    }
  },
};

/** @throws {TillsideError} `usage` */
function readUrl(positionals: readonly string[]): string {
  const [text = ''] = positionals;
  if (positionals.length !== 1) throw new TillsideError('usage', 'Name one address: tillside doctor https://shop.example/cart');
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text).href;
  throw new TillsideError('usage', `"${text}" is no address of a page. Begin with https:// or http://.`);
}

function terminal(): { columns: number; hasColour: boolean } {
  const { isTTY, columns } = process.stdout;
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const hasColour = FORCE_COLOR ? FORCE_COLOR !== '0' : isTTY && !NO_COLOR && TERM !== 'dumb';
  return { columns: columns || 80, hasColour: Boolean(hasColour) };
}

/** A page that hangs may hold its browser up; the process ends either way. */
async function close(browser: Browser): Promise<void> {
  const closed = browser.close().catch(() => {});
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
}
