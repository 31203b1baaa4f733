// Plots as inline SVG, on logarithmic scales: what is compared differs by a hundred times.

const WIDTH = 720;
const LABEL_WIDTH = 190;
const BAR_HEIGHT = 22;
const PLOT = { left: 60, right: 250, top: 30, bottom: 40, height: 300 };

/** @param {{ title: string, bars: { label: string, colour: string, value: number }[] }} plot */
export function barPlot({ title, bars }) {
  const most = Math.max(...bars.map(({ value }) => value));
  const lengthOf = (value) => Math.max(2, (value / most) * (WIDTH - LABEL_WIDTH - 80));
  const drawn = bars.map(({ label, colour, value }, i) => {
    const y = 28 + i * BAR_HEIGHT;
    return `<text x="0" y="${y + 13}">${label}</text><rect x="${LABEL_WIDTH}" y="${y}" width="${lengthOf(value).toFixed(1)}" height="${BAR_HEIGHT - 6}" rx="2" fill="${colour}"/><text class="soft" x="${(LABEL_WIDTH + lengthOf(value) + 6).toFixed(1)}" y="${y + 13}">${value.toLocaleString('en')}</text>`;
  });
  return svg(title, 34 + bars.length * BAR_HEIGHT, drawn);
}

/** @param {{ title: string, lines: { label: string, colour: string, points: [number, number][] }[] }} plot both axes logarithmic */
export function linePlot({ title, lines }) {
  const all = lines.flatMap(({ points }) => points);
  const x = logScale(
    all.map(([value]) => value),
    PLOT.left,
    WIDTH - PLOT.right,
  );
  const y = logScale(
    all.map(([, value]) => value),
    PLOT.height - PLOT.bottom,
    PLOT.top,
  );
  const sizes = [...new Set(all.map(([value]) => value))];
  const ends = spreadOut(lines.map(({ points }) => y.at(points.at(-1)[1])));
  const drawn = [
    ...y.decades.map(
      (value) =>
        `<line class="axis" x1="${PLOT.left}" x2="${WIDTH - PLOT.right}" y1="${y.at(value)}" y2="${y.at(value)}"/><text class="soft" x="${PLOT.left - 8}" y="${y.at(value) + 4}" text-anchor="end">${value}</text>`,
    ),
    ...sizes.map(
      (size) =>
        `<text class="soft" x="${x.at(size)}" y="${PLOT.height - PLOT.bottom + 20}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
    ),
    ...lines.map(({ label, colour, points }, i) => {
      const path = points.map(([size, value]) => `${x.at(size)},${y.at(value)}`).join(' ');
      const dots = points
        .map(([size, value]) => `<circle cx="${x.at(size)}" cy="${y.at(value)}" r="3" fill="${colour}"/>`)
        .join('');
      const [, last] = points.at(-1);
      return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}<text x="${WIDTH - PLOT.right + 12}" y="${ends[i] + 4}" style="fill:${colour}">${label} ${last}</text>`;
    }),
  ];
  return svg(title, PLOT.height, drawn);
}

function logScale(values, from, to) {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const span = Math.max(1, high - low);
  return {
    at: (value) => Math.round(10 * (from + ((Math.log10(value) - low) / span) * (to - from))) / 10,
    decades: Array.from({ length: span + 1 }, (_, i) => 10 ** (low + i)).map((value) => Number(value.toPrecision(1))),
  };
}

/** Labels at these heights, moved apart until none covers another. */
function spreadOut(heights) {
  const order = heights.map((height, i) => ({ height, i })).toSorted((a, b) => a.height - b.height);
  for (let i = 1; i < order.length; i++) order[i].height = Math.max(order[i].height, order[i - 1].height + 15);
  const places = [];
  for (const { height, i } of order) places[i] = height;
  return places;
}

const svg = (title, height, drawn) =>
  `<h3>${title}</h3><svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${title}">${drawn.join('')}</svg>`;
