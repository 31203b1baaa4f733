/** Tells a person at a terminal how far a long command is. Everything goes to stderr: stdout is for results. */
export interface ProgressReporter {
  /** Begins a stage of `total` steps (0 = unknown); the stage before it is done. */
  stage(name: string, total: number): void;
  /** `done` steps of the stage are finished. @param info short, e.g. `loss 3.21` */
  tick(done: number, info?: string): void;
  /** Ends the stage. */
  done(): void;
  /** Prints a line that stays. */
  note(line: string): void;
}

/** Where a progress report goes; `process.stderr` is one. */
export interface ProgressSink {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR_WIDTH = 24;
/** A terminal is redrawn at most this often; a log file gets a line this much more rarely. */
const REDRAW_MS = 100;
const LINE_MS = 10_000;

/** Reports nothing. */
export const SILENT: ProgressReporter = { stage() {}, tick() {}, done() {}, note() {} };

/** Reports a bar with the time left on a terminal, and plain lines elsewhere. */
export function createProgress(sink: ProgressSink, now: () => number = () => performance.now()): ProgressReporter {
  const isTerminal = sink.isTTY === true;
  let name = '';
  let total = 0;
  let startedAt = 0;
  let drawnAt = 0;
  let last = '';
  const clear = () => isTerminal && sink.write('\r\x1b[2K');
  const describe = (done: number, info: string) => progressLine({ name, done, total, elapsedMs: now() - startedAt, info });
  const finish = () => {
    if (name === '') return;
    clear();
    sink.write(`${name} ${toDuration(now() - startedAt)}${last === '' ? '' : `  ${last}`}\n`);
    name = '';
    last = '';
  };
  return {
    stage(next, steps) {
      finish();
      name = next;
      total = steps;
      startedAt = now();
      drawnAt = isTerminal ? 0 : startedAt;
      if (isTerminal) sink.write(`${name} …`);
    },
    tick(done, info = '') {
      if (name === '') return;
      last = info;
      if (now() - drawnAt < (isTerminal ? REDRAW_MS : LINE_MS)) return;
      drawnAt = now();
      clear();
      const line = describe(done, info);
      sink.write(isTerminal ? line.slice(0, (sink.columns ?? 80) - 1) : `${line}\n`);
    },
    done: finish,
    note(line) {
      clear();
      sink.write(`${line}\n`);
    },
  };
}

interface ProgressState {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly elapsedMs: number;
  readonly info: string;
}

/** One line of progress: name, bar, percentage, time left, info; without bar where the total is unknown. */
export function progressLine({ name, done, total, elapsedMs, info }: ProgressState): string {
  const tail = info === '' ? '' : `  ${info}`;
  if (total <= 0) return `${name}  ${done.toLocaleString('en')}  ${toDuration(elapsedMs)}${tail}`;
  const share = Math.min(1, Math.max(0, done / total));
  const filled = Math.round(share * BAR_WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  const left = share > 0 ? `${toDuration((elapsedMs * (1 - share)) / share)} left` : 'estimating';
  return `${name}  ${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${left}${tail}`;
}

/** A duration in words: `4.2 s`, `3 min 05 s`. */
export function toDuration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
