import { CODED_START } from '../../core/coded-text.js';

/** Loads what puts a worker's messages in words: not before there is one to read. */
export type LoadWords = () => Promise<{ inWords(message: string): string }>;

interface Telling {
  message?: string;
  readonly problem?: { message: string };
  readonly diagnostics?: readonly { message: string }[];
  readonly refusals?: string[];
}

/**
 * Puts what a worker's answer, or its error, tells people in words, in place. Where the words do not load it stays as it is: `code` says
 * what happened.
 *
 * @returns the answer itself where it tells nothing, so that a slate does not wait
 */
export function putInWords<T>(answer: T, load: LoadWords): T | Promise<T> {
  const told = (answer ?? {}) as Telling;
  const { problem = {}, diagnostics = [], refusals = [] } = told;
  const bearers: { message?: string }[] = [told, problem, ...diagnostics];
  const texts = [...bearers.map(({ message }) => message), ...refusals];
  if (!texts.some((text) => text?.includes(CODED_START))) return answer;
  return Promise.resolve()
    .then(load)
    .then(({ inWords }) => {
      for (const bearer of bearers) if (bearer.message) bearer.message = inWords(bearer.message);
      refusals.forEach((refusal, i) => {
        refusals[i] = inWords(refusal);
      });
    })
    .catch(() => {})
    .then(() => answer);
}
