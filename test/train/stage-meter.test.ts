import { describe, expect, it } from 'vitest';
import { SILENT } from '../../src/train/progress.js';
import { createStageMeter, printStages } from '../../src/train/stage-meter.js';

function aMeter() {
  const gauges = { ms: 0, mb: 100 };
  const meter = createStageMeter(SILENT, { now: () => gauges.ms, memory: () => gauges.mb * 2 ** 20 });
  return { meter, gauges };
}

describe('createStageMeter', () => {
  it('adds up stages of one name and keeps the most memory of each', () => {
    const { meter, gauges } = aMeter();
    meter.stage('fit', 10);
    gauges.ms = 200;
    gauges.mb = 300;
    meter.tick(5);
    gauges.mb = 150;
    gauges.ms = 1000;
    meter.stage('measure', 0);
    gauges.ms = 1500;
    meter.done();
    gauges.ms = 9000;
    meter.stage('fit', 10);
    gauges.ms = 9500;
    meter.done();
    expect(meter.stages()).toEqual([
      { name: 'fit', times: 2, ms: 1500, peakMb: 300 },
      { name: 'measure', times: 1, ms: 500, peakMb: 150 },
    ]);
  });

  it('tells the peak since it was last asked', () => {
    const { meter, gauges } = aMeter();
    gauges.mb = 400;
    meter.stage('first', 1);
    gauges.mb = 200;
    meter.stage('second', 1);
    expect(meter.takePeakMb()).toBe(400);
    meter.done();
    expect(meter.takePeakMb()).toBe(200);
  });

  it('passes everything on', () => {
    const seen: unknown[] = [];
    const note = (...args: unknown[]) => void seen.push(args);
    const meter = createStageMeter({ stage: note, tick: note, done: note, note });
    meter.stage('a', 3);
    meter.tick(1, 'loss');
    meter.done();
    meter.note('line');
    expect(seen).toEqual([['a', 3], [1, 'loss'], [], ['line']]);
  });
});

describe('printStages', () => {
  it('is the longest first, and all of it last', () => {
    const stages = [
      { name: 'read', times: 1, ms: 400, peakMb: 90 },
      { name: 'fit', times: 3, ms: 61_000, peakMb: 500 },
    ];
    const lines = printStages(stages, { ms: 62_000, peakMb: 512 }).split('\n');
    expect(lines.map((line) => line.trim().replace(/ {2,}/g, ' · '))).toEqual([
      'what it took',
      '1 min 01 s · 500 MB · fit (3 times)',
      '0.4 s · 90 MB · read',
      '0.6 s · between stages',
      '1 min 02 s · 512 MB · in all',
    ]);
  });
});
