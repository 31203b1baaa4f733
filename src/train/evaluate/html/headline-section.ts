// In: the headline of a report. Out: the boxes at the top of its page, and who they speak of.
import type { Interval } from '../bootstrap.js';
import type { Headline, HeadlineRow } from '../headline.js';
import { escapeHtml, percent, table } from './markup.js';

/** Small carts, four suggestions: a box a memory of the device, then re-buys and first buys apart, then near-duplicates. */
export function headlineSection({ rows }: Headline): string {
  const whole = rows.filter(({ part }) => part === 'all');
  const parts = rows.filter(({ part }) => part !== 'all');
  return `<div class="facts">${whole.map(toFact).join('')}</div>${partsTable(parts)}${duplicates(whole[0])}`;
}

function toFact({ historyDays, queries, hr4, best, gain }: HeadlineRow): string {
  const who = historyDays > 0 ? `The device remembers ${historyDays} days of own purchases` : 'Nothing is known of the shopper';
  return (
    `<div class="fact"><b>${percent(hr4)}</b>of ${queries.toLocaleString('en')} carts of five items or fewer had the missing item ` +
    `among the four suggestions. ${who}.<br><span class="soft">Best other method (${escapeHtml(best.name)}): ${percent(best.hr4)}. ` +
    `${toVerdict(gain)}</span></div>`
  );
}

function toVerdict({ low, high }: Interval): string {
  if (low <= 0 && high >= 0) return 'The difference is within chance.';
  return `That is a clear ${low > 0 ? 'gain' : 'loss'} (${points(low)} to ${points(high)} points).`;
}

function partsTable(parts: readonly HeadlineRow[]): string {
  if (parts.length === 0) return '';
  return (
    '<p>Of shoppers whose earlier purchases the device remembers, what they had bought before and what was new to them:</p>' +
    table(
      ['missing item', 'memory', 'carts', 'tillside', 'best other', 'its name', 'difference, points, 95 %'],
      parts.map(({ part, historyDays, queries, hr4, best, gain }) => [
        part === 're-buy' ? 'bought before' : 'new to the shopper',
        `${historyDays} days`,
        queries.toLocaleString('en'),
        percent(hr4),
        percent(best.hr4),
        best.name,
        `${points(gain.mean)} (${points(gain.low)} to ${points(gain.high)})`,
      ]),
    )
  );
}

function duplicates(row: HeadlineRow | undefined): string {
  const [ours, ...others] = Object.entries(row?.nearDuplicates4 ?? {});
  if (ours === undefined) return '';
  const shares = others.map(([name, share]) => `${escapeHtml(name)} ${percent(share)}`);
  return `<p>Of the suggestions on these small carts, <strong>${percent(ours[1])}</strong> repeat what is in the cart already. <span class="soft">Others: ${shares.join(', ')}.</span></p>`;
}

export function points(share: number): string {
  return `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)}`;
}
