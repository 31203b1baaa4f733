// In: a shop's address. Out: what a browser saw there, within the time given whatever the page does. Sends nothing: a GET of the page, as any visit.
import type { Browser, Page, Response } from 'playwright';
import { openAsker } from './ask-page.js';
import { type Deadline, openDeadline } from './deadline.js';
import { findCallers } from './find-callers.js';
import { gatherFiles } from './gather-files.js';
import { answerConsent, askForSlate, forceConsent, isDrawn, readState, watchBrowser, watchPage } from './in-page.js';
import { readMarkup } from './read-markup.js';
import { readRunning } from './read-running.js';
import { readSetup } from './setup.js';
import { type Traffic, watchTraffic } from './traffic.js';
import { unreachable } from './unreachable.js';
import type { ConsentFacts, MarkupFacts, RunningFacts, SlateFacts, Visit } from './visit.js';

export interface VisitOptions {
  readonly url: string;
  readonly consent: 'granted' | 'as-is';
  readonly timeoutMs: number;
}

/** Of the whole time, what loading may take, and what is kept for reading the page in the end. */
const LOAD_SHARE = 0.5;
const READING_MS = 3_000;
/** After loading: for a script that starts late, for consent platforms to speak, and for cards to be drawn. */
const START_MS = 5_000;
const CONSENT_MS = 1_500;
const DRAW_MS = 6_000;

/** One step into the page: its answer, or nothing when it did not come. */
type Step = <T>(ms: number, ask: () => T | Promise<T>) => Promise<T | undefined>;

/**
 * Visits a page.
 *
 * @throws {TillsideError} `page-unreachable` when there is nothing to look at
 */
export async function visitPage(browser: Browser, options: VisitOptions): Promise<Visit> {
  const { url, timeoutMs } = options;
  const deadline = openDeadline(timeoutMs);
  const context = await browser.newContext({ acceptDownloads: false });
  const page = await context.newPage();
  const traffic = watchTraffic(context, page);
  for (const watch of [watchPage, watchBrowser]) await context.addInitScript(watch);
  const settling = openDeadline(Math.max(1_000, timeoutMs - READING_MS));

  const response = await open(page, url, settling);
  const loadMs = await waitForLoad(page, settling, timeoutMs);
  const asker = openAsker(page);
  const step: Step = (ms, ask) => settling.within(ms, asker.ask(ask, settling));
  const { consent, slate } = await settle(step, settling, options);

  const read: Step = (ms, ask) => deadline.within(ms, asker.ask(ask, deadline));
  const markup = await read(READING_MS, readMarkup);
  const running = markup && (await read(READING_MS, readRunning));
  return {
    asked: url,
    status: response.status(),
    ...(loadMs !== undefined && { loadMs }),
    timeoutMs,
    navigations: traffic.navigations(),
    ...(running === undefined && { trouble: asker.trouble() }),
    pageHeaders: (await deadline.within(1_000, response.allHeaders())) ?? {},
    ...(await readFiles({ page, traffic, deadline, markup, running, isRunning: slate !== undefined })),
    ...(consent && { consent }),
    ...(slate && { slate }),
    failures: traffic.failures,
    pending: [...traffic.open].map((request) => request.url()),
    now: Date.now(),
  };
}

async function open(page: Page, url: string, deadline: Deadline): Promise<Response> {
  try {
    const response = await page.goto(url, { waitUntil: 'commit', timeout: deadline.leftMs() });
    if (response) return response;
  } catch (cause) {
    throw unreachable(url, (cause as Error).message, cause);
  }
  throw unreachable(url, 'there was no answer');
}

/** @returns ms; nothing where the page was still loading when its share of the time was over */
async function waitForLoad(page: Page, deadline: Deadline, timeoutMs: number): Promise<number | undefined> {
  const startedAt = performance.now();
  const loaded = page.waitForLoadState('load', { timeout: 0 }).then(() => performance.now() - startedAt);
  return deadline.within(timeoutMs * LOAD_SHARE, loaded).catch(() => undefined);
}

/** Waits for tillside, answers consent if that is wanted, and asks for a slate. */
async function settle(
  step: Step,
  deadline: Deadline,
  { consent: answer }: VisitOptions,
): Promise<{ consent?: ConsentFacts; slate?: SlateFacts }> {
  const isThere = await deadline.until(START_MS, async () => (await step(START_MS, readState))?.hasInstance);
  if (!isThere) return {};
  await deadline.until(CONSENT_MS, async () => (await step(CONSENT_MS, readState))?.consent !== 'pending');
  const before = (await step(CONSENT_MS, readState))?.consent ?? 'pending';
  let after = before;
  let isForced = false;
  if (answer === 'granted' && before !== 'granted') {
    after = (await step(CONSENT_MS, answerConsent)) ?? before;
    isForced = after !== 'granted';
    if (isForced) after = (await step(CONSENT_MS, forceConsent)) ?? after;
  }
  const consent = { before, after, isForced };
  if (after !== 'granted') return { consent };
  const slate = (await step(deadline.leftMs(), askForSlate)) ?? { items: 0 };
  await deadline.until(DRAW_MS, () => step(DRAW_MS, isDrawn));
  return { consent, slate };
}

interface ReadFilesOptions {
  readonly page: Page;
  readonly traffic: Traffic;
  readonly deadline: Deadline;
  readonly markup: MarkupFacts | undefined;
  readonly running: RunningFacts | undefined;
  readonly isRunning: boolean;
}

async function readFiles({ page, traffic, deadline, isRunning, ...facts }: ReadFilesOptions) {
  const markup = facts.markup ?? noMarkup(page.url());
  const given = facts.running ?? NOT_RUNNING;
  const running = { ...given, told: [...given.told, ...toldToConsole(traffic.lines)] };
  const setup = readSetup(markup, running);
  const request = page.context().request;
  const files = await gatherFiles({ traffic, setup, receipt: running.receipt, request, deadline, isRunning });
  const exceptions = traffic.exceptions.filter((stack) => [...files.keys()].some((url) => stack.includes(url)));
  return { markup, running, files, exceptions, callers: await findCallers(traffic, (url) => files.has(url), deadline) };
}

const NOT_RUNNING: RunningFacts = { hasGlobal: false, receipt: [], widgets: [], shift: 0, images: [], told: [], violations: [] };

function noMarkup(url: string): MarkupFacts {
  return {
    url,
    tags: [],
    metaPolicies: [],
    config: {},
    consentPlatforms: [],
    itemIds: [],
    hasCartMarkup: false,
    hasAddMarkup: false,
  };
}

/** What is told where no shop listens, as before there is an instance. */
function toldToConsole(lines: readonly string[]): { code: string; message: string }[] {
  return lines.flatMap((line) => {
    const [, message = '', code = ''] = /^tillside: (.*) \(([a-z-]+)\)$/s.exec(line) ?? [];
    return code === '' ? [] : [{ code, message }];
  });
}
