import { type ProgressReporter, toDuration } from './progress.js';

/** What one stage of a command took; stages of one name are one. */
export interface StageCost {
  readonly name: string;
  readonly times: number;
  readonly ms: number;
  /** the most memory seen while it ran, of the whole process */
  readonly peakMb: number;
}

/** A progress reporter that also keeps what each stage took. */
export interface StageMeter extends ProgressReporter {
  stages(): StageCost[];
  /** The most memory seen since this was last asked. */
  takePeakMb(): number;
}

/** Where time and memory are read; the process's own by default. */
export interface Gauges {
  /** ms */
  now(): number;
  /** bytes that the process holds */
  memory(): number;
}

const GAUGES: Gauges = { now: () => performance.now(), memory: () => process.memoryUsage.rss() };
/** Memory is looked at no more often than this: looking costs a system call. */
const SAMPLE_MS = 50;
const MEGABYTE = 2 ** 20;

/** Wraps a reporter. What happens between two stages counts to neither. */
export function createStageMeter(progress: ProgressReporter, { now, memory }: Gauges = GAUGES): StageMeter {
  const costs = new Map<string, StageCost>();
  let peakSinceTaken = 0;
  let running: { name: string; startedAt: number; peak: number; sampledAt: number } | undefined;
  const sample = () => {
    if (running === undefined) return;
    const bytes = memory();
    running.peak = Math.max(running.peak, bytes);
    peakSinceTaken = Math.max(peakSinceTaken, bytes);
    running.sampledAt = now();
  };
  const finish = () => {
    if (running === undefined) return;
    sample();
    const { name, startedAt, peak } = running;
    const before = costs.get(name) ?? { name, times: 0, ms: 0, peakMb: 0 };
    const peakMb = Math.max(before.peakMb, Math.round(peak / MEGABYTE));
    costs.set(name, { name, times: before.times + 1, ms: before.ms + now() - startedAt, peakMb });
    running = undefined;
  };
  return {
    stage(name, total) {
      finish();
      progress.stage(name, total);
      running = { name, startedAt: now(), peak: 0, sampledAt: 0 };
      sample();
    },
    tick(done, info) {
      if (running !== undefined && now() - running.sampledAt >= SAMPLE_MS) sample();
      progress.tick(done, info);
    },
    done() {
      finish();
      progress.done();
    },
    note: (line) => progress.note(line),
    stages: () => [...costs.values()],
    takePeakMb() {
      const peakMb = Math.round(peakSinceTaken / MEGABYTE);
      peakSinceTaken = 0;
      return peakMb;
    },
  };
}

/** Stages as a table for a terminal, the longest first, and what all of it took. @param peakMb of the whole process */
export function printStages(
  stages: readonly StageCost[],
  { ms, peakMb }: { readonly ms: number; readonly peakMb: number },
): string {
  const other = Math.max(0, ms - stages.reduce((sum, stage) => sum + stage.ms, 0));
  const rows = [...stages]
    .sort((a, b) => b.ms - a.ms)
    .map(({ name, times, ms: took, peakMb: most }) => {
      return row(toDuration(took), `${most} MB`, times > 1 ? `${name} (${times} times)` : name);
    });
  return [
    'what it took',
    ...rows,
    row(toDuration(other), '', 'between stages'),
    row(toDuration(ms), `${peakMb} MB`, 'in all'),
  ].join('\n');
}

function row(time: string, memory: string, name: string): string {
  return `  ${time.padStart(12)}  ${memory.padStart(8)}  ${name}`;
}
