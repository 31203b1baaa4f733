import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SILENT } from '../../../src/train/progress.js';
import { DEFAULT_SETTINGS, type TrainSettings } from '../../../src/train/settings.js';
import { drawTrials } from '../../../src/train/trials/draw-trials.js';
import { runTrials, type TrialPlan } from '../../../src/train/trials/run-trials.js';
import { readTrials } from '../../../src/train/trials/trial-log.js';
import { toTrialsPage } from '../../../src/train/trials/trials-page.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-trials-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A plan whose score is best at dim 48 and many neighbours; it keeps the settings that were fitted. */
function aPlan(name: string, some: Partial<TrialPlan> = {}) {
  const fitted: TrainSettings[] = [];
  const plan: TrialPlan = {
    start: DEFAULT_SETTINGS,
    count: 4,
    fixed: new Set(),
    file: join(folder, `${name}.ndjson`),
    log: { sessions: 100, events: 500, items: 20 },
    progress: SILENT,
    async fitAndValidate(settings) {
      fitted.push(settings);
      const score = settings.neighbours / 100 - Math.abs(settings.dim - 48) / 1000;
      return { score, figures: { 'masked-basket MRR@20': score } };
    },
    peakMb: () => 321,
    async onTrial() {},
    ...some,
  };
  return { plan, fitted };
}

describe('drawTrials', () => {
  it('begins with the settings themselves, repeats none, and is the same however many are asked for', () => {
    const many = drawTrials(DEFAULT_SETTINGS, 50, new Set());
    expect(many[0]).toEqual({ dim: 48, units: 64, epochs: 4, hidden: [32], neighbours: 20 });
    expect(new Set(many.map((trial) => JSON.stringify(trial))).size).toBe(50);
    expect(drawTrials(DEFAULT_SETTINGS, 7, new Set())).toEqual(many.slice(0, 7));
    expect(drawTrials({ ...DEFAULT_SETTINGS, seed: 2 }, 7, new Set())).not.toEqual(many.slice(0, 7));
  });

  it('leaves what was asked for as it is', () => {
    const dims = drawTrials({ ...DEFAULT_SETTINGS, dim: 20 }, 20, new Set(['dim'])).map(({ dim }) => dim);
    expect(new Set(dims)).toEqual(new Set([20]));
  });

  it('ends where there is nothing more to draw: tables alone have one setting', () => {
    expect(drawTrials({ ...DEFAULT_SETTINGS, epochs: 0 }, 50, new Set())).toHaveLength(6);
  });
});

describe('runTrials', () => {
  it('logs a line a trial and returns the best', async () => {
    const { plan, fitted } = aPlan('log');
    const { trials, best } = await runTrials(plan);
    expect(fitted).toHaveLength(4);
    expect(await readTrials(plan.file)).toEqual(trials);
    expect(best.score).toBe(Math.max(...trials.map(({ score }) => score)));
    const [first] = (await readFile(plan.file, 'utf8')).split('\n');
    expect(JSON.parse(first as string)).toMatchObject({
      trial: 1,
      seed: 1,
      settings: { dim: 48, hidden: [32] },
      figures: { 'masked-basket MRR@20': expect.any(Number) },
      seconds: expect.any(Number),
      peakMb: 321,
      log: { sessions: 100 },
    });
  });

  it('goes on where a killed run left off, and gives the same trials as one that was not', async () => {
    const whole = await runTrials(aPlan('whole', { count: 5 }).plan);
    const killed = aPlan('killed', { count: 5 });
    const failing = { ...killed.plan, fitAndValidate: failAfter(2, killed.plan.fitAndValidate) };
    await expect(runTrials(failing)).rejects.toThrow('killed');
    await appendFile(killed.plan.file, '{"trial":3,"se'); // the process died while it wrote
    const { trials } = await runTrials(killed.plan);
    expect(killed.fitted.map(({ dim }) => dim)).toEqual(whole.trials.map(({ settings }) => settings.dim));
    expect(trials.map(({ settings, score }) => ({ settings, score }))).toEqual(
      whole.trials.map(({ settings, score }) => ({ settings, score })),
    );
    expect(await readTrials(killed.plan.file)).toEqual(trials);
  });

  it('runs nothing that the log holds already', async () => {
    await runTrials(aPlan('done').plan);
    const { plan, fitted } = aPlan('done', { count: 3 });
    expect((await runTrials(plan)).trials).toHaveLength(4);
    expect(fitted).toEqual([]);
  });

  it('counts a trial once that two commands at once have run', async () => {
    const { plan } = aPlan('twice', { count: 1 });
    await runTrials(plan);
    await appendFile(plan.file, await readFile(plan.file));
    const again = aPlan('twice', { count: 3 });
    expect((await runTrials(again.plan)).trials.map(({ trial }) => trial)).toEqual([1, 2, 3]);
    expect(again.fitted).toHaveLength(2);
  });

  it.each([
    ['another seed', { start: { ...DEFAULT_SETTINGS, seed: 9 } }, 'of seed 1, not 9'],
    ['another log', { log: { sessions: 99, events: 500, items: 20 } }, 'on another log, of 500 events in 100 sessions'],
    ['other settings to start from', { start: { ...DEFAULT_SETTINGS, dim: 16 } }, 'of other settings: trial 1'],
  ] as const)('does not go on with %s', async (name, some, message) => {
    await runTrials(aPlan(name, { count: 2 }).plan);
    await expect(runTrials(aPlan(name, some).plan)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a file of something else', async () => {
    const file = join(folder, 'orders.ndjson');
    await appendFile(file, '{"session_id":"a"}\n');
    await expect(runTrials(aPlan('orders').plan)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('line 1'),
    });
  });
});

describe('toTrialsPage', () => {
  it('plots the search and each setting that moved, and needs nothing from elsewhere', async () => {
    const { trials, best } = await runTrials(aPlan('page', { count: 8, fixed: new Set(['units']) }).plan);
    const page = toTrialsPage(trials);
    const titles = [...page.matchAll(/<figcaption>([^<]+)/g)].map(([, title]) => title);
    expect(titles).toEqual([
      'Score by trial, and the best so far',
      'Score by dim',
      'Score by epochs',
      'Score by hidden',
      'Score by neighbours',
    ]);
    expect(page.match(/<circle class="trial"/g)).toHaveLength(7 * 5);
    expect(page.match(/<circle class="best"/g)).toHaveLength(5);
    expect(page).toContain(`trial ${best.trial}: dim ${best.settings.dim}`);
    expect(page).not.toMatch(/NaN|Infinity|undefined|https?:/);
  });

  it('draws one trial as well', async () => {
    const { trials } = await runTrials(aPlan('one', { count: 1 }).plan);
    expect(toTrialsPage(trials)).not.toMatch(/NaN|Infinity/);
  });
});

function failAfter(trials: number, validate: TrialPlan['fitAndValidate']): TrialPlan['fitAndValidate'] {
  let done = 0;
  return (settings) => {
    if (done++ === trials) throw new Error('killed');
    return validate(settings);
  };
}
