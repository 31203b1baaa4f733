// In: parts of a report. Out: the blocks that a terminal shows above and below the tables.
import type { Ablation } from './ablation/ablate.js';
import type { Interval } from './bootstrap.js';
import type { ExposureReport } from './exposures/measure-exposures.js';
import type { Headline, HeadlineRow } from './headline.js';
import type { Replay, ReplayFigures } from './replay.js';
import { describe } from './tabulate.js';
import { count, signed, textTable, verdict } from './text-table.js';

/** What a cart page lives by, at the very top. */
export function printHeadline({ protocol, rows }: Headline): string {
  const nameOf = ({ historyDays, part }: HeadlineRow) =>
    part !== 'all' ? `  ${part}` : historyDays === 0 ? 'anonymous' : `${historyDays} days of own purchases`;
  const lines = rows.map((row) => [
    nameOf(row),
    count(row.queries),
    row.hr4.toFixed(4),
    row.best.hr4.toFixed(4),
    row.best.name,
    `${signed(row.gain.mean)} (${signed(row.gain.low)} to ${signed(row.gain.high)})`,
    verdict(row.gain),
  ]);
  const head = ['what the device knows', 'questions', 'HR@4', 'best', 'of the tuned baselines', 'gain, paired 95 %', 'verdict'];
  return [
    `HEADLINE · ${protocol}, carts of ≤ 5 shown, the answer is new, after the page's rules, top 4`,
    ...textTable([head, ...lines], [0, 4, 6]),
    ...printDuplicates(rows),
  ].join('\n');
}

function printDuplicates(rows: readonly HeadlineRow[]): string[] {
  return rows.flatMap(({ historyDays, nearDuplicates4 }) => {
    if (nearDuplicates4 === undefined || historyDays > 0) return [];
    const shares = Object.entries(nearDuplicates4).map(([name, share]) => `${name} ${(100 * share).toFixed(1)} %`);
    return [`near-duplicates of the cart in the top 4, anonymous: ${shares.join(', ')}`];
  });
}

/** What each part brings, largest first. */
export function printAblation({ rows, queries, ...setting }: Ablation): string {
  const lines = rows.map(({ off, bytes, hr4, hr10, hr20, mrr20, brings }) => [
    off,
    bytes > 0 ? `${(bytes / 1000).toFixed(1)} KB` : '–',
    ...[hr4, hr10, hr20, mrr20].map((value) => value.toFixed(4)),
    ...(brings ?? []).map(({ mean, low, high }) => `${signed(mean)} (${signed(low)} to ${signed(high)})`),
  ]);
  const figures = ['HR@4', 'HR@10', 'HR@20', 'MRR@20'];
  return [
    `PARTS SWITCHED OFF · ${describe(setting)} · ${count(queries)} questions`,
    'What a part brings is the whole model less the model without it. Nothing is fitted again: a retrained model would make up for some of it.',
    ...textTable([['off', 'bytes', ...figures, ...figures.map((name) => `${name} it brings`)], ...lines.map(padTo(10))]),
  ].join('\n');
}

/** What four places might sell. */
export function printReplay({ examination, currency = 'in the price unit', rows }: Replay): string {
  const interval = ({ mean, low, high }: ReplayFigures['hit4'], digits: number) =>
    `${mean.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
  const lines = rows.flatMap(({ historyDays, queries, methods }) =>
    methods.map(({ method, hit4, addsPer1000, revenuePer1000 }) => [
      historyDays === 0 ? 'anonymous' : `${historyDays} days`,
      count(queries),
      method,
      interval(hit4, 3),
      interval(addsPer1000, 0),
      revenuePer1000 ? interval(revenuePer1000, 0) : 'no prices',
    ]),
  );
  const head = ['memory', 'carts', 'method', 'P(hit in 4)', 'adds per 1,000 carts', `their price per 1,000, ${currency}`];
  return [
    'REPLAY · what the withheld items would come to, had they been taken from the slate; carts of ≤ 5 shown, 95 % over sessions',
    ...textTable([head, ...lines], [0, 2]),
    `Places 1–4 are taken to be looked at in ${examination.map((share) => `${Math.round(100 * share)} %`).join(', ')} of the views: an assumption; --exposures measures it.`,
    'These shoppers took the items without a slate: this is no extra revenue, and a good suggestion that nobody thought of counts 0. Only a live',
    'comparison, some visitors with and some without, measures sales.',
  ].join('\n');
}

/** What a log of impressions says of places, and of our slates. */
export function printExposures({ slates, impressions, adds, places, logged, ours, warnings }: ExposureReport): string {
  const interval = ({ mean, low, high }: Interval) => `${mean.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
  const rows = places.map(({ position, shown, addRate, examination }) => [
    String(position),
    count(shown),
    interval(addRate),
    interval(examination),
  ]);
  return [
    `EXPOSURES · ${count(slates)} slates, ${count(impressions)} impressions, ${count(adds)} adds; 95 % over sessions`,
    ...textTable([['place', 'shown', 'add rate', 'looked at, beside the first'], ...rows]),
    `adds per slate, as the shop showed them: ${interval(logged)}`,
    ...(ours
      ? [
          `adds per slate, ours on ${count(ours.slates)} of these carts, ${ours.hasPropensities ? 'by inverse propensity' : 'from the items that both hold alone, a lower bound'}: ${interval(ours.inverse)}`,
          `adds per slate, ours, self-normalised: ${interval(ours.normalised)}; ${count(ours.matched)} impressions (${count(ours.matchedAdds)} adds) are on both slates, worth ${ours.effective.toFixed(0)} of equal weight`,
          `gain over what was shown to the same carts: ${signed(ours.gain.mean)} (${signed(ours.gain.low)} to ${signed(ours.gain.high)}): ${verdict(ours.gain)}`,
        ]
      : ['No cart is known (neither a cart column nor sessions of the log): our slates cannot be compared.']),
    ...warnings.map((warning) => `warning: ${warning}`),
  ].join('\n');
}

function padTo(columns: number): (cells: readonly string[]) => readonly string[] {
  return (cells) => [...cells, ...Array.from({ length: columns - cells.length }, () => '')];
}
