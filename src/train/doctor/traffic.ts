// In: a browser's page. Out: what it asked for and what became of it, kept until somebody wants to know. It asks for nothing itself.
import type { BrowserContext, Page, Request, Response } from 'playwright';

/** A huge page's later requests are not kept. */
const MAX_KEPT = 5_000;

export interface Traffic {
  readonly responses: ReadonlyMap<string, Response>;
  /** URL → why it failed, in the browser's words */
  readonly failures: ReadonlyMap<string, string>;
  /** requests that have not ended */
  readonly open: ReadonlySet<Request>;
  /** what the page wrote to its console as a warning or an error */
  readonly lines: readonly string[];
  /** stacks of what nobody caught */
  readonly exceptions: readonly string[];
  navigations(): number;
}

/** Watches a page and its workers. Other windows that it opens are closed, and dialogs dismissed. */
export function watchTraffic(context: BrowserContext, page: Page): Traffic {
  const responses = new Map<string, Response>();
  const failures = new Map<string, string>();
  const open = new Set<Request>();
  const lines: string[] = [];
  const exceptions: string[] = [];
  let navigations = 0;
  context.on('page', (other) => void other.close().catch(() => {}));
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) navigations++;
  });
  context.on('request', (request) => open.size < MAX_KEPT && open.add(request));
  context.on('requestfinished', (request) => open.delete(request));
  context.on('requestfailed', (request) => {
    open.delete(request);
    if (failures.size < MAX_KEPT) failures.set(request.url(), request.failure()?.errorText ?? 'failed');
  });
  context.on('response', (response) => {
    // What is asked for again is at times answered out of a cache, without the headers of what was sent.
    const isAgain = responses.get(response.url())?.ok() === true;
    if (!isAgain && responses.size < MAX_KEPT) responses.set(response.url(), response);
  });
  page.on('console', (message) => {
    if (lines.length < MAX_KEPT && /^(warning|error)$/.test(message.type())) lines.push(message.text());
  });
  page.on('pageerror', (error) => exceptions.length < MAX_KEPT && exceptions.push(error.stack ?? String(error)));
  return { responses, failures, open, lines, exceptions, navigations: () => navigations };
}
