// In: a file of trials, one JSON line each. Out: the trials in it; a line that was being written when the process was killed is dropped.
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod/mini';
import { TillsideError } from '../../core/errors.js';

const count = z.number().check(z.int(), z.minimum(0));

const trialSchema = z.object({
  /** 1-based */
  trial: count,
  seed: count,
  settings: z.object({ dim: count, units: count, epochs: count, hidden: z.array(count), neighbours: count }),
  /** of the validation sessions, e.g. `masked-basket MRR@20` */
  figures: z.record(z.string(), z.number()),
  /** what trials are chosen by: the mean MRR@20 of the protocols */
  score: z.number(),
  seconds: z.number(),
  peakMb: z.number(),
  /** which log it was: trials on different logs cannot be compared */
  log: z.object({ sessions: count, events: count, items: count }),
});
/** One line of an experiment log. */
export type Trial = z.infer<typeof trialSchema>;

/** Reads an experiment log; none where there is no file. @throws {TillsideError} `input-invalid` for a file of something else */
export async function readTrials(file: string): Promise<Trial[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new TillsideError('input-invalid', `${file} cannot be read: ${error.message}. Give --trials-log a file.`, error);
  });
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const trials = lines.filter((line) => line !== '').map((line, i) => parse(line, `${file}, line ${i + 1}`));
  if (last !== '') await writeFile(file, trials.map((trial) => `${JSON.stringify(trial)}\n`).join(''));
  // Two commands at once may have run the same trial.
  return trials.filter(({ trial }, i) => trials.findIndex((each) => each.trial === trial) === i);
}

/** Adds a finished trial, in one write, so that the file is right whenever the process ends. */
export async function appendTrial(file: string, trial: Trial): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(trial)}\n`);
}

function parse(line: string, place: string): Trial {
  try {
    return trialSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new TillsideError('input-invalid', `${place} is no trial. Give --trials-log another file, or remove the line.`, cause);
  }
}
