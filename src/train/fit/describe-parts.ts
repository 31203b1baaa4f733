import type { PartWorth, RankerChoice } from './choose-ranker.js';
import { isEarned } from './ranker-gain.js';

/** What became of each part of a ranker and why, in a manifest's words: short, for every shopper downloads it. */
export function describeParts(parts: RankerChoice['parts']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parts).map(([name, worth]) => [name, describeWorth(worth)]));
}

/** The same for a terminal, a line a part; nothing where no part was asked. */
export function printParts(described: Readonly<Record<string, string>>): string | undefined {
  const lines = Object.entries(described).map(([name, worth]) => `  ${name.padEnd(21)}${worth}`);
  const title = 'what parts bring on validation; one stays if it brings more HR@20 + MRR@20 than a standard error';
  return lines.length > 0 ? [title, ...lines].join('\n') : undefined;
}

function describeWorth({ isKept, ...gain }: PartWorth): string {
  const { hr20, mrr20, error } = gain;
  const kept = isEarned(gain) ? 'kept' : 'kept, as without all idle ones less is found';
  return `${isKept ? kept : 'left out'}: HR@20 ${signed(hr20)}, MRR@20 ${signed(mrr20)}, ± ${error.toFixed(4)}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
