// In: sessions, one JSON object a line. Out: the items the browser's engine would suggest, one JSON object a line. Streams.
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import type { ItemIndex } from '../../core/features/item-index.js';
import { codeOf, TillsideError } from '../../core/errors.js';
import { createSessionRunner } from '../evaluate/session-recommender.js';
import { createProgress, type ProgressReporter } from '../progress.js';
import type { TrainingRecord } from '../settings.js';
import { openBundleFolder } from './bundle-folder.js';
import { type Command, oneOf, parseOptions, required, wholeNumber } from './options.js';
import { asLastSession, parseSessionLine, type SessionLine } from './session-line.js';

const HELP = `tillside predict --bundle DIR --sessions FILE|- [--k 20] [--exclude none|cart|shown]
                 [--near-duplicates exclude|after|keep]

Reads {"id","events":[{"item_id","type","occurred_at"}]} a line and writes {"id","items":[…]} a line, best first, through the same
engine as the browser, each from a clean state. The order of the array is the order. The last run of gaps of 30 minutes or less is the
session; earlier purchases are the shopper's history. A last run of purchases only is read as the lines of a cart.

  --sessions FILE   NDJSON; - reads standard input
  --k N             items a line (20)
  --exclude WHAT    what is left out: cart (as on the page, with variants), shown (every item of the session), none
  --near-duplicates WHAT
                    of what is in the cart: exclude (as on the page), after (not among the first 4; the default for
                    --exclude cart), keep (the default else)`;

const EXCLUDES = ['none', 'cart', 'shown'] as const;
const NEAR_DUPLICATES = ['exclude', 'after', 'keep'] as const;

export const predict: Command = {
  name: 'predict',
  summary: 'answers sessions as the browser would',
  help: HELP,
  async run(args) {
    const { values } = parseOptions(args, {
      bundle: { type: 'string' },
      sessions: { type: 'string' },
      k: { type: 'string', default: '20' },
      exclude: { type: 'string', default: 'cart' },
      'near-duplicates': { type: 'string' },
    });
    const size = wholeNumber('k', values.k, { least: 1, most: 10_000 }) as number;
    const exclude = oneOf('exclude', values.exclude, EXCLUDES);
    // A ranking longer than a page's slate has a place for them.
    const usual = exclude === 'cart' ? 'after' : 'keep';
    const nearDuplicates = oneOf('near-duplicates', values['near-duplicates'] ?? usual, NEAR_DUPLICATES);
    const file = required('sessions', values.sessions);
    await assertSessions(file);
    const { bundle, runtime } = await openBundleFolder(required('bundle', values.bundle));
    const makeSlate = createSessionRunner(bundle, runtime);
    const counts: Counts = { lines: 0, failed: 0, unknownItems: 0, unknownTypes: 0, inSeconds: 0 };
    const answer = (line: SessionLine): string[] => {
      const events = asLastSession(knownEvents(line, bundle.index, counts));
      const now = events[events.length - 1]?.occurredAt ?? 0;
      return makeSlate({ events, history: [], now, exclude, nearDuplicates }, size).items.map(({ item }) => item.itemId);
    };
    const { until } = bundle.manifest.training as Partial<TrainingRecord>;
    const trainedUntil = Date.parse(until ?? '');
    const parse = (text: string) => parseSessionLine(text, trainedUntil);
    await answerAll(readLines(file), { parse, answer, counts, out: process.stdout, progress: createProgress(process.stderr) });
    runtime?.dispose();
    return counts.failed > 0 ? 1 : 0;
  },
};

interface Counts {
  lines: number;
  failed: number;
  unknownItems: number;
  unknownTypes: number;
  inSeconds: number;
}

interface Answering {
  parse(text: string): SessionLine;
  answer(line: SessionLine): string[];
  readonly counts: Counts;
  readonly out: Writable;
  readonly progress: ProgressReporter;
}

/** Answers line after line, never faster than `out` is read. */
async function answerAll(lines: AsyncIterable<string>, { parse, answer, counts, out, progress }: Answering): Promise<void> {
  progress.stage('predicting', 0);
  for await (const text of lines) {
    counts.lines++;
    if (text.trim() === '') continue;
    const line = parseOrReport(text, { parse, counts, progress });
    if (line === undefined) continue;
    counts.unknownTypes += line.unknownTypes;
    if (line.isInSeconds) counts.inSeconds++;
    const isFlowing = out.write(`${JSON.stringify({ id: line.id, items: answer(line) })}\n`);
    if (!isFlowing) await once(out, 'drain');
    progress.tick(counts.lines);
  }
  progress.done();
  if (counts.unknownItems > 0) progress.note(`${counts.unknownItems} events ignored: the bundle does not know their item`);
  if (counts.unknownTypes > 0) progress.note(`${counts.unknownTypes} events ignored: unknown type`);
  if (counts.inSeconds > 0)
    progress.note(`${counts.inSeconds} of ${counts.lines} lines tell time in seconds since 1970, by its size: read as such`);
  if (counts.failed > 0) progress.note(`${counts.failed} of ${counts.lines} lines could not be answered`);
}

type Reading = Pick<Answering, 'parse' | 'counts' | 'progress'>;

function parseOrReport(text: string, { parse, counts, progress }: Reading): SessionLine | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (codeOf(error) !== 'input-invalid') throw error;
    counts.failed++;
    progress.note(`line ${counts.lines}: ${(error as Error).message}`);
    return undefined;
  }
}

/** The events of a line without those on items that the bundle does not know, which are counted. */
function knownEvents({ events }: SessionLine, index: ItemIndex, counts: Counts): SessionLine['events'] {
  const known = events.filter(({ itemId }) => itemId === undefined || index.rowOf(itemId) > 0);
  counts.unknownItems += events.length - known.length;
  return known;
}

async function assertSessions(file: string): Promise<void> {
  if (file === '-' || (await stat(file).catch(() => undefined))?.isFile()) return;
  throw new TillsideError('input-missing', `File not found: ${file}. Check the path, or give - for standard input.`);
}

/** The lines of a file; to be iterated at once, for readline drops the lines that nobody waits for. */
function readLines(file: string): AsyncIterable<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}
