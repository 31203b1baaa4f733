import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { TillsideError } from '../../core/errors.js';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** A header longer than this is not a header. */
const MAX_HEADER_CHARS = 65_536;

/** The names of a CSV file's columns and what separates them. */
export interface CsvHeader {
  readonly names: readonly string[];
  readonly delimiter: string;
}

/** Starts a file that a spreadsheet has saved as "Unicode text". */
const UTF_16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/**
 * Reads the first line of a CSV file, gzipped or not: guessing dialects from rows hides broken rows.
 *
 * @throws {TillsideError} `input-empty`, `input-invalid`
 */
export async function readCsvHeader(file: string): Promise<CsvHeader> {
  const line = await firstLine(file);
  if (line.trim() === '')
    throw new TillsideError('input-empty', `${file} has no header line. Its first line must name the columns.`);
  return parseCsvHeader(line);
}

/** Parses a header line; the delimiter is the one of `, ; tab |` that occurs most often outside quotes. */
export function parseCsvHeader(line: string): CsvHeader {
  const unquoted = line.replaceAll(/"(?:[^"]|"")*"/g, '');
  const count = (delimiter: string) => unquoted.split(delimiter).length;
  const delimiter = DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
  const names: string[] = [];
  let name = '';
  let isQuoted = false;
  for (const char of line) {
    if (char === '"') isQuoted = !isQuoted;
    else if (char === delimiter && !isQuoted) {
      names.push(name.trim());
      name = '';
    } else name += char;
  }
  names.push(name.trim());
  return { names, delimiter };
}

async function firstLine(file: string): Promise<string> {
  const raw = createReadStream(file);
  const source = /\.gz$/i.test(file) ? raw.pipe(createGunzip()) : raw;
  let text = '';
  try {
    for await (const chunk of source) {
      if (text === '') assertUtf8(file, chunk as Buffer);
      text += (chunk as Buffer).toString('utf8');
      if (/[\r\n]/.test(text) || text.length > MAX_HEADER_CHARS) break;
    }
  } catch (cause) {
    if ((cause as Error).name === 'TillsideError') throw cause;
    throw new TillsideError('input-invalid', `${file} cannot be read: ${(cause as Error).message}. Is it really gzip?`, cause);
  } finally {
    raw.destroy();
  }
  return (text.replace(/^\uFEFF/, '').split(/[\r\n]/, 1)[0] ?? '').slice(0, MAX_HEADER_CHARS);
}

function assertUtf8(file: string, start: Buffer): void {
  if (!UTF_16.some(([first, second]) => start[0] === first && start[1] === second)) return;
  throw new TillsideError(
    'input-invalid',
    `${file}, row 1: the file is UTF-16, as spreadsheets write "Unicode text". Export it again, or save it as "CSV UTF-8".`,
  );
}
