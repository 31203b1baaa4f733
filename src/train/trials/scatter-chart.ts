import { escapeHtml } from '../evaluate/html/markup.js';

export interface ScatterPoint {
  /** index of its label */
  readonly at: number;
  readonly value: number;
  /** shown on hover, and to a screen reader */
  readonly name: string;
  readonly isBest: boolean;
}

export interface Scatter {
  readonly title: string;
  readonly labels: readonly string[];
  readonly points: readonly ScatterPoint[];
  /** one value a label, drawn as a line */
  readonly line?: readonly number[];
  readonly xTitle: string;
}

const WIDTH = 400;
const HEIGHT = 240;
const LEFT = 56;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 40;
const TICKS = 4;
const MOST_LABELS = 10;

/** Draws points over labels, on an axis that spans their values: trials differ by little. */
export function scatterChart({ title, labels, points, line = [], xTitle }: Scatter): string {
  const { x, y, ticks } = scales(labels.length, [...points.map(({ value }) => value), ...line]);
  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/>` +
      `<text x="${LEFT - 6}" y="${y(tick)}" dy="4" text-anchor="end">${tick.toFixed(4)}</text>`,
  );
  const every = Math.ceil(labels.length / MOST_LABELS);
  const names = labels.map((label, i) =>
    i % every === 0 ? `<text x="${x(i)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${escapeHtml(label)}</text>` : '',
  );
  const path = line.map((value, i) => `${x(i)},${y(value)}`).join(' ');
  const marks = points.map(
    ({ at, value, name, isBest }) =>
      `<circle class="${isBest ? 'best' : 'trial'}" cx="${x(at)}" cy="${y(value)}" r="${isBest ? 6 : 4}"><title>${escapeHtml(name)}</title></circle>`,
  );
  const axis = `<text x="${(LEFT + WIDTH) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(xTitle)}</text>`;
  const drawn = [...grid, ...names, line.length > 0 ? `<polyline class="ours" points="${path}"/>` : '', ...marks, axis].join('');
  return (
    `<figure><figcaption>${escapeHtml(title)}</figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">${drawn}</svg></figure>`
  );
}

function scales(count: number, values: readonly number[]) {
  const least = Math.min(...values);
  const spread = Math.max(...values) - least || Math.abs(least) || 1;
  const [low, high] = [least - 0.1 * spread, least + 1.1 * spread];
  const inner = WIDTH - LEFT - RIGHT;
  const step = inner / Math.max(1, count);
  return {
    x: (i: number) => Number((LEFT + (i + 0.5) * step).toFixed(1)),
    y: (value: number) => Number((TOP + ((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM)).toFixed(1)),
    ticks: Array.from({ length: TICKS }, (_, i) => least + (i / (TICKS - 1)) * spread),
  };
}
