import type { Page } from 'playwright';
import type { Deadline } from './deadline.js';

export interface Asker {
  /** why the page did not answer */
  trouble(): string;
  /** Runs a function in the page, sent as text; nothing where the page does not answer. */
  ask<T>(question: () => T | Promise<T>, deadline: Deadline): Promise<T | undefined>;
}

/** Asks in the page. One that navigates meanwhile is asked again; what it has broken is noted. */
export function openAsker(page: Page): Asker {
  let trouble = 'its scripts keep it busy, or it goes on navigating';
  return {
    trouble: () => trouble,
    async ask<T>(question: () => T | Promise<T>, deadline: Deadline): Promise<T | undefined> {
      for (;;) {
        try {
          return (await page.evaluate(question)) as T;
        } catch (error) {
          const [reason = ''] = (error as Error).message.replace(/^page\.evaluate: /, '').split('\n');
          if (!/navigat|context was destroyed|Cannot find context/i.test(reason)) {
            trouble = reason;
            return undefined;
          }
          if (deadline.leftMs() === 0) return undefined;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    },
  };
}
