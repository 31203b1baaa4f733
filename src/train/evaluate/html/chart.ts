// In: numbers. Out: an SVG figure as text; its colours come from the style sheet, so it follows light and dark.
import { escapeHtml, percent } from './markup.js';

/** How a series is drawn: the model, the model with own purchases, the best baseline, everything else. */
export type Tone = 'ours' | 'own' | 'rival' | 'plain';

export interface Series {
  readonly name: string;
  readonly tone: Tone;
  /** 0–1, one a label */
  readonly values: readonly number[];
}

export interface Chart {
  /** read out by a screen reader */
  readonly title: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** under the labels */
  readonly xTitle?: string;
}

/** Units of the drawing: small, so that its text stays legible on a phone. */
const WIDTH = 400;
const HEIGHT = 240;
const LEFT = 44;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 40;
const BAR = 14;
const MOST_LABELS = 10;

/** Draws each series as a line over the labels. */
export function lineChart({ title, labels, series, xTitle = '' }: Chart): string {
  const top = niceTop(series);
  const x = (i: number) => LEFT + (labels.length < 2 ? 0 : (i / (labels.length - 1)) * (WIDTH - LEFT - RIGHT));
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const every = Math.ceil(labels.length / MOST_LABELS);
  const grid = ticksTo(top).map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/>` +
      `<text x="${LEFT - 6}" y="${y(tick) + 4}" text-anchor="end">${percent(tick, 0)}</text>`,
  );
  const last = labels.length - 1;
  const names = labels.map((label, i) =>
    i === last || (i % every === 0 && last - i >= every)
      ? `<text x="${x(i)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="${i === last ? 'end' : 'middle'}">${escapeHtml(label)}</text>`
      : '',
  );
  const lines = series.map(({ tone, values, name }) => {
    const points = values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
    return `<polyline class="${tone}" points="${points}"><title>${escapeHtml(name)}</title></polyline>`;
  });
  const axis = `<text x="${(LEFT + WIDTH) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(xTitle)}</text>`;
  return figure(title, series, { height: HEIGHT, content: [...grid, ...names, ...lines, axis].join('') });
}

/** Draws a group of horizontal bars a label, one bar a series. */
export function barChart({ title, labels, series }: Chart): string {
  const top = niceTop(series);
  const group = 18 + series.length * BAR + 8;
  const length = (value: number) => (value / top) * (WIDTH - 64);
  const bars = labels.map((label, i) => {
    const from = i * group;
    const rows = series.map(({ tone, values }, s) => {
      const [value = 0, at] = [values[i], from + 18 + s * BAR];
      return (
        `<rect class="${tone}" x="0" y="${at}" width="${length(value).toFixed(1)}" height="${BAR - 2}"/>` +
        `<text x="${(length(value) + 5).toFixed(1)}" y="${at + BAR - 4}">${percent(value)}</text>`
      );
    });
    return `<text class="name" x="0" y="${from + 13}">${escapeHtml(label)}</text>${rows.join('')}`;
  });
  return figure(title, series, { height: labels.length * group, content: bars.join('') });
}

function figure(
  title: string,
  series: readonly Series[],
  drawing: { readonly height: number; readonly content: string },
): string {
  const legend = series.map(({ name, tone }) => `<li class="${tone}">${escapeHtml(name)}</li>`).join('');
  const svg = `<svg viewBox="0 0 ${WIDTH} ${drawing.height}" role="img" aria-label="${escapeHtml(title)}">${drawing.content}</svg>`;
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${svg}${series.length > 1 ? `<ul class="legend">${legend}</ul>` : ''}</figure>`;
}

/** The round figure that an axis ends at. */
function niceTop(series: readonly Series[]): number {
  const most = Math.max(0, ...series.flatMap(({ values }) => values));
  return [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8].find((top) => most <= top) ?? 1;
}

function ticksTo(top: number): number[] {
  const step = top <= 0.1 ? top / 5 : top <= 0.3 ? 0.05 : top <= 0.6 ? 0.1 : 0.2;
  return Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
}
