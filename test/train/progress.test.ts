import { describe, expect, it } from 'vitest';
import { createProgress, progressLine, toDuration } from '../../src/train/progress.js';

function aSink(isTTY: boolean) {
  let text = '';
  let now = 0;
  const progress = createProgress({ isTTY, columns: 100, write: (more: string) => (text += more) }, () => now);
  return { progress, pass: (ms: number) => (now += ms), text: () => text };
}

describe('progressLine', () => {
  it('estimates the time left from the share done', () => {
    const line = progressLine({ name: 'fit', done: 25, total: 100, elapsedMs: 10_000, info: 'loss 3.2' });
    expect(line).toBe(`fit  ${'█'.repeat(6)}${'░'.repeat(18)}  25 %  30.0 s left  loss 3.2`);
  });

  it('counts where the total is unknown', () => {
    expect(progressLine({ name: 'reading', done: 12_345, total: 0, elapsedMs: 2000, info: '' })).toBe('reading  12,345  2.0 s');
  });
});

describe('createProgress', () => {
  it('redraws one line on a terminal and leaves the stage and its time', () => {
    const { progress, pass, text } = aSink(true);
    progress.stage('fit', 4);
    pass(200);
    progress.tick(2, 'loss 1');
    pass(200);
    progress.done();
    expect(text()).toContain('\r\u001b[2K');
    expect(text().endsWith('fit 0.4 s  loss 1\n')).toBe(true);
  });

  it('writes plain and few lines elsewhere', () => {
    const { progress, pass, text } = aSink(false);
    progress.stage('fit', 100);
    for (let i = 1; i <= 100; i++) {
      pass(300);
      progress.tick(i);
    }
    progress.done();
    expect(text()).not.toContain('\u001b');
    expect(text().trimEnd().split('\n')).toHaveLength(3);
  });

  it('ends a stage when the next begins', () => {
    const { progress, text } = aSink(false);
    progress.stage('one', 1);
    progress.stage('two', 1);
    progress.note('a remark');
    expect(text()).toBe('one 0.0 s\na remark\n');
  });
});

describe('toDuration', () => {
  it('speaks in seconds, then in minutes', () => {
    expect([toDuration(4200), toDuration(185_000)]).toEqual(['4.2 s', '3 min 05 s']);
  });
});
