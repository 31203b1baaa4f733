// In: what a report says of money, of impressions and of parts. Out: those sections of its page.
import type { Ablation } from '../ablation/ablate.js';
import type { Interval } from '../bootstrap.js';
import type { ExposureReport } from '../exposures/measure-exposures.js';
import type { Replay } from '../replay.js';
import { points } from './headline-section.js';
import { percent, table } from './markup.js';

function range({ mean, low, high }: Interval, show: (value: number) => string): string {
  return `${show(mean)} (${show(low)} to ${show(high)})`;
}

/** What the hits would come to. */
export function replaySection({ examination, currency, rows }: Replay): string {
  const whole = (value: number) => Math.round(value).toLocaleString('en');
  const lines = rows.flatMap(({ historyDays, methods }) =>
    methods.map(({ method, hit4, hitAt, addsPer1000, revenuePer1000 }) => [
      method,
      historyDays > 0 ? `${historyDays} days` : 'none',
      range(hit4, percent),
      hitAt.map((share) => percent(share)).join(' · '),
      range(addsPer1000, whole),
      revenuePer1000 ? range(revenuePer1000, whole) : 'prices unknown',
    ]),
  );
  const looked = examination.map((share) => percent(share, 0)).join(', ');
  return (
    '<h2>What it might be worth</h2><p>Had the shoppers of these small carts taken the missing item from the suggestions, a thousand cart views would have brought so many ' +
    `of them, at these prices, one unit each. The four places are taken to be looked at in ${looked} of the views; that is an assumption, and a file of impressions measures it.</p>` +
    table(
      [
        'method',
        'memory',
        'hit among four',
        'at places 1 · 2 · 3 · 4',
        'items per 1,000 carts',
        `their price${currency ? `, ${currency}` : ''}`,
      ],
      lines,
    ) +
    '<p><strong>This is not extra revenue.</strong> These shoppers took the items without any suggestion. How many would not have, and how many more a suggestion makes take something ' +
    'they had not thought of, no past basket can say. Brackets hold 95 % intervals over baskets; they do not hold what is assumed.</p>'
  );
}

/** What the shop's own impressions say. */
export function exposuresSection({ slates, impressions, adds, places, logged, ours, warnings }: ExposureReport): string {
  const count = (value: number) => value.toLocaleString('en');
  const rate = (value: number) => percent(value, 2);
  const perHundred = (value: number) => (100 * value).toFixed(1);
  const figures = ours
    ? table(
        ['slates', 'items taken per 100 slates'],
        [
          ['as the shop showed them', range(logged, perHundred)],
          [
            ours.hasPropensities ? 'ours, by inverse propensity' : 'ours, from the items on both alone (least)',
            range(ours.inverse, perHundred),
          ],
          ['ours, self-normalised', range(ours.normalised, perHundred)],
          ['gain over what the same carts were shown', range(ours.gain, points)],
        ],
      )
    : '<p>No cart is known for these slates, so ours cannot be set beside them.</p>';
  const worth = ours
    ? `<p class="soft">${count(ours.matched)} impressions, ${count(ours.matchedAdds)} of them taken, are of items that our slate holds as well; weighted, they are worth ${ours.effective.toFixed(0)} of equal weight.</p>`
    : '';
  return (
    `<h2>What was shown, and taken</h2><p>${count(slates)} slates of the shop with ${count(impressions)} impressions and ${count(adds)} items taken. A lower place is taken from less ` +
    'because it holds lesser items and because it is looked at less; the last column tells the second from the first by items that stood at several places.</p>' +
    table(
      ['place', 'shown', 'taken', 'looked at, beside the first'],
      places.map(({ position, shown, addRate, examination }) => [
        String(position),
        count(shown),
        range(addRate, rate),
        range(examination, (value) => percent(value, 0)),
      ]),
    ) +
    figures +
    worth +
    warnings.map((warning) => `<p><strong>Beware:</strong> ${warning}.</p>`).join('')
  );
}

/** What each part brings. */
export function ablationSection({ rows, historyDays, queries }: Ablation): string {
  const kilobytes = (bytes: number) => (bytes > 0 ? `${(bytes / 1000).toFixed(1)} KB` : 'none of its own');
  const known = historyDays > 0 ? `, ${historyDays} days of own purchases known` : '';
  return (
    `<h2>What each part brings</h2><p>Hits among four and among twenty with one part switched off, on ${queries.toLocaleString('en')} questions${known}. Nothing was trained again: a model trained ` +
    'without the part would make up for some of it.</p>' +
    table(
      ['off', 'its size', 'among 4', 'it brings, points', 'among 20', 'it brings, points'],
      rows.map(({ off, bytes, hr4, hr20, brings = [] }) => [
        off,
        off === 'nothing' ? '' : kilobytes(bytes),
        percent(hr4),
        ...brings.slice(0, 1).map((each) => range(each, points)),
        ...(brings.length === 0 ? [''] : []),
        percent(hr20),
        ...brings.slice(2, 3).map((each) => range(each, points)),
        ...(brings.length === 0 ? [''] : []),
      ]),
    )
  );
}
