import type { Response } from 'playwright';
import type { Deadline } from './deadline.js';
import { nameOf } from './gather-files.js';
import type { Traffic } from './traffic.js';
import type { Visit } from './visit.js';

/** Longer scripts are not searched, nor is more time taken for all of them. */
const MAX_CHARACTERS = 3_000_000;
const SEARCH_MS = 2_000;

/** A call by the shop: `tillside.consent(…)`, `tillside('consent', …)`, `tillside.value?.consent(…)`; a minifier may have renamed what is before the dot. */
const CALLS = {
  consent: /tillside[\w.?]*\(\s*["'`]consent["'`]|\.consent\(\s*(?:["'`](?:granted|denied)|\w+\s*\?)/,
  cart: /tillside[\w.?]*\(\s*["'`](?:cart|track)["'`]|tillside[\w.?]*\.(?:cart|track)\(|\.cart\(\s*\[/,
};

/** Finds which of the page's own scripts tell tillside of consent and of the cart; inline ones count as the page. */
export async function findCallers(
  traffic: Traffic,
  isOurs: (url: string) => boolean,
  deadline: Deadline,
): Promise<Visit['callers']> {
  const found = { consent: [] as string[], cart: [] as string[] };
  const search = async (response: Response): Promise<void> => {
    const text = await response.text();
    if (text.length > MAX_CHARACTERS) return;
    const name = response.request().resourceType() === 'document' ? 'a script of the page' : nameOf(response.url());
    for (const what of ['consent', 'cart'] as const) if (CALLS[what].test(text)) found[what].push(name);
  };
  const scripts = [...traffic.responses.values()].filter(
    (response) => /^(document|script)$/.test(response.request().resourceType()) && !isOurs(response.url()),
  );
  // A body that is gone was a redirect's.
  await deadline.within(SEARCH_MS, Promise.all(scripts.map((response) => search(response).catch(() => {}))));
  return found;
}
