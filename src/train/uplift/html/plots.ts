// In: figures with intervals. Out: SVG as text; its colours come from the style sheet, so it follows light and dark.
import { escapeHtml } from '../../evaluate/html/markup.js';
import type { Range } from '../intervals.js';
import type { Week } from '../report.js';
import { count } from '../words.js';

/** Units of the drawing: small, so that its text stays legible on a phone. */
const WIDTH = 400;
const HEIGHT = 240;
const LEFT = 44;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 24;
const ROW = 46;
const MOST_LABELS = 5;
/** How far the arms stand beside each other in a week. */
const APART = 3;

/** One line of the plot of intervals. */
export interface IntervalRow {
  readonly name: string;
  /** relative change, 0 being none */
  readonly range: Range;
  readonly text: string;
}

/** Draws changes with their intervals around the line of no change. */
export function intervalPlot(title: string, rows: readonly IntervalRow[]): string {
  const ends = rows.flatMap(({ range }) => [range.low, range.high]).filter(Number.isFinite);
  const most = niceStep(Math.max(0.01, ...ends.map(Math.abs)));
  const x = (value: number) => 8 + ((Math.max(-most, Math.min(most, value)) + most) / (2 * most)) * (WIDTH - 16);
  const height = rows.length * ROW + 28;
  const ticks = [-most, -most / 2, 0, most / 2, most].map((tick, i) => {
    const anchor = ['start', 'middle', 'middle', 'middle', 'end'][i];
    const at = x(tick).toFixed(1);
    return (
      `<line class="${tick === 0 ? 'zero' : 'grid'}" x1="${at}" x2="${at}" y1="0" y2="${height - 22}"/>` +
      `<text x="${at}" y="${height - 6}" text-anchor="${anchor}">${tick > 0 ? '+' : tick < 0 ? '−' : ''}${Number(Math.abs(100 * tick).toFixed(1))} %</text>`
    );
  });
  const marks = rows.map(({ name, range, text }, i) => {
    const y = i * ROW + 32;
    const [low, high, value] = [x(range.low), x(range.high), x(range.value)].map((at) => at.toFixed(1));
    return (
      `<text class="name" x="8" y="${y - 15}">${escapeHtml(name)}<tspan class="figure" dx="8">${escapeHtml(text)}</tspan></text>` +
      `<line class="whisker" x1="${low}" x2="${high}" y1="${y}" y2="${y}"/><circle class="ours" cx="${value}" cy="${y}" r="4.5"/>`
    );
  });
  return figure(title, { height, content: [...ticks, ...marks].join(''), legend: '' });
}

const LEGEND =
  '<ul class="legend"><li class="ours">treatment: sees suggestions</li><li class="rival">holdout: sees none</li></ul>';

/** Draws the average order value of both arms over the weeks; a week with too few orders has a gap. */
export function weeksPlot(title: string, weeks: readonly Week[]): string {
  const ranges = weeks.flatMap(({ treatment, holdout }) => [treatment.aov, holdout.aov]).filter((each) => each !== undefined);
  const top = niceStep(Math.max(1, ...ranges.map(({ high }) => high)));
  const x = (i: number) => LEFT + 8 + (weeks.length < 2 ? 0 : (i / (weeks.length - 1)) * (WIDTH - LEFT - RIGHT - 16));
  const y = (value: number) => TOP + (1 - Math.max(0, value) / top) * (HEIGHT - TOP - BOTTOM);
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = y(share * top).toFixed(1);
    const label = `<text x="${LEFT - 6}" y="${Number(at) + 4}" text-anchor="end">${count(Number((share * top).toPrecision(3)))}</text>`;
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/>${label}`;
  });
  const every = Math.ceil(weeks.length / MOST_LABELS);
  const names = weeks.map(({ from }, i) =>
    i % every === 0
      ? `<text x="${x(i).toFixed(1)}" y="${HEIGHT - 6}" text-anchor="${i === 0 ? 'start' : i === weeks.length - 1 ? 'end' : 'middle'}">${from.slice(5)}</text>`
      : '',
  );
  const series = (['treatment', 'holdout'] as const).map((arm, s) => {
    const [tone, shift] = s === 0 ? ['ours', -APART] : ['rival', APART];
    const points = weeks.flatMap((week, i) => {
      const { aov } = week[arm];
      return aov ? [{ at: (x(i) + shift).toFixed(1), ...aov }] : [];
    });
    const line = points.map(({ at, value }) => `${at},${y(value).toFixed(1)}`).join(' ');
    const bars = points.map(
      ({ at, low, high, value }) =>
        `<line class="spread ${tone}" x1="${at}" x2="${at}" y1="${y(low).toFixed(1)}" y2="${y(high).toFixed(1)}"/><circle class="${tone}" cx="${at}" cy="${y(value).toFixed(1)}" r="3"/>`,
    );
    return `${bars.join('')}<polyline class="${tone}" points="${line}"/>`;
  });
  return figure(title, { height: HEIGHT, content: [...grid, ...names, ...series].join(''), legend: LEGEND });
}

function figure(
  title: string,
  { height, content, legend }: { readonly height: number; readonly content: string; readonly legend: string },
): string {
  const svg = `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">${content}</svg>`;
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${svg}${legend}</figure>`;
}

/** The round figure at or above a value. */
function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => value <= step * power * (1 + 1e-9)) ?? 10) * power;
}
