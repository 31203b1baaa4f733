// In: an experiment log. Out: one HTML page that needs nothing else: how the search went, and what each setting did.
import { escapeHtml, table } from '../evaluate/html/markup.js';
import { STYLE } from '../evaluate/html/style.js';
import { SEARCHED, type SearchedName } from './draw-trials.js';
import { bestOf, describeTrial } from './run-trials.js';
import { scatterChart } from './scatter-chart.js';
import type { Trial } from './trial-log.js';

const POINTS = 'circle.trial{fill:var(--plain);fill-opacity:.55}circle.best{fill:var(--own)}';

/** Trials as a page: no script, no font, no image from elsewhere. @param trials at least one */
export function toTrialsPage(trials: readonly Trial[]): string {
  const best = bestOf(trials);
  const moved = (Object.keys(SEARCHED) as SearchedName[]).filter((name) => valuesOf(trials, name).length > 1);
  const body = [
    '<h1>Which settings are best?</h1>',
    `<p>${trials.length} trials, seed ${best.seed}, on ${best.log.sessions.toLocaleString('en')} sessions: each was fitted on the first 64 % of them and ` +
      'measured on the next 16 %. The score is the mean MRR@20 of the protocols. The last 20 % stay unseen: they measure the bundle.</p>',
    `<div class="facts"><div class="fact"><b>${best.score.toFixed(4)}</b>trial ${best.trial}: ${escapeHtml(describeTrial(best))}. ` +
      `<span class="soft">Trial 1, the usual settings: ${(trials[0]?.score ?? 0).toFixed(4)}.</span></div></div>`,
    `<div class="charts">${[searchChart(trials, best), ...moved.map((name) => settingChart(trials, best, name))].join('')}</div>`,
    '<p class="soft">One trial is one draw: a difference smaller than the scatter at one value of a setting means nothing.</p>',
    `<h2>Every trial, the best first</h2>${trialsTable(trials)}`,
  ];
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<title>Trials</title><style>${STYLE}${POINTS}</style></head><body><main>${body.join('\n')}</main></body></html>\n`
  );
}

function searchChart(trials: readonly Trial[], best: Trial): string {
  let most = Number.NEGATIVE_INFINITY;
  return scatterChart({
    title: 'Score by trial, and the best so far',
    labels: trials.map(({ trial }) => String(trial)),
    points: trials.map((trial, at) => toPoint(trial, at, best)),
    line: trials.map(({ score }) => {
      most = Math.max(most, score);
      return most;
    }),
    xTitle: 'trial',
  });
}

function settingChart(trials: readonly Trial[], best: Trial, name: SearchedName): string {
  const values = valuesOf(trials, name);
  return scatterChart({
    title: `Score by ${name}`,
    labels: values,
    points: trials.map((trial) => toPoint(trial, values.indexOf(textOf(trial, name)), best)),
    xTitle: name,
  });
}

function toPoint(trial: Trial, at: number, best: Trial) {
  return { at, value: trial.score, name: `trial ${trial.trial}: ${describeTrial(trial)}`, isBest: trial === best };
}

/** What a setting was in any trial, the least first. */
function valuesOf(trials: readonly Trial[], name: SearchedName): string[] {
  const order = (text: string) => (text === 'none' ? 0 : text.split(',').reduce((sum, part) => sum + Number(part), 0));
  return [...new Set(trials.map((trial) => textOf(trial, name)))].sort((a, b) => order(a) - order(b));
}

function textOf({ settings }: Trial, name: SearchedName): string {
  const value = settings[name];
  return Array.isArray(value) ? value.join(',') || 'none' : String(value);
}

function trialsTable(trials: readonly Trial[]): string {
  const names = Object.keys(SEARCHED) as SearchedName[];
  const figures = Object.keys(trials[0]?.figures ?? {});
  const rows = [...trials].sort((a, b) => b.score - a.score || a.trial - b.trial);
  return table(
    ['trial', 'score', ...names, ...figures, 'seconds', 'MB'],
    rows.map((trial) => [
      String(trial.trial),
      trial.score.toFixed(4),
      ...names.map((name) => textOf(trial, name)),
      ...figures.map((name) => (trial.figures[name] ?? 0).toFixed(4)),
      trial.seconds.toFixed(1),
      String(trial.peakMb),
    ]),
  );
}
