import type { DuckDBConnection } from '@duckdb/node-api';
import { TillsideError } from '../../core/errors.js';
import { readCsvHeader } from './csv-header.js';
import { toLiteral } from './open-duckdb.js';

/** One file that DuckDB can read as a table: CSV and NDJSON columns are text, Parquet's keep their types. */
export interface InputTable {
  readonly file: string;
  readonly columns: readonly InputColumn[];
  /** goes after FROM */
  readonly relation: string;
}

export interface InputColumn {
  readonly name: string;
  /** DuckDB's type name, e.g. `VARCHAR`, `BIGINT`, `TIMESTAMP` */
  readonly type: string;
}

/** Keys of an NDJSON file are looked for in this many lines. */
const SAMPLED_LINES = 10_000;

/**
 * Opens one CSV, NDJSON, JSON or Parquet file, by its extension; `.gz` may follow.
 *
 * @throws {TillsideError} `input-invalid` for other extensions and unreadable files, `input-empty` without a header
 */
export async function openTable(connection: DuckDBConnection, file: string): Promise<InputTable> {
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  switch (extension) {
    case 'csv':
    case 'tsv':
    case 'txt':
      return openCsv(file);
    case 'ndjson':
    case 'jsonl':
    case 'json':
      return openJson(connection, file, extension === 'json' ? 'auto' : 'newline_delimited');
    case 'parquet':
    case 'pq':
      return openParquet(connection, file);
    case 'xlsx':
    case 'xls':
    case 'ods':
      throw new TillsideError('input-invalid', `${file} is a spreadsheet. Export it as CSV, or save it as "CSV UTF-8".`);
    case 'xml':
      throw new TillsideError(
        'input-invalid',
        `${file} is XML. A feed of products goes to --catalog; events are CSV, NDJSON or Parquet.`,
      );
    default:
      throw new TillsideError(
        'input-invalid',
        `${file} has an unknown extension. Name it .csv, .ndjson, .json or .parquet (text files may end in .gz).`,
      );
  }
}

async function openCsv(file: string): Promise<InputTable> {
  const { names: written, delimiter } = await readCsvHeader(file);
  const names = uniqueNames(written);
  const columns = names.map((name) => `${toLiteral(name)}: 'VARCHAR'`).join(', ');
  const options = `auto_detect = false, header = true, delim = ${toLiteral(delimiter)}, quote = '"', escape = '"', columns = {${columns}}`;
  return { file, columns: names.map(asText), relation: `read_csv(${toLiteral(file)}, ${options})` };
}

async function openJson(connection: DuckDBConnection, file: string, format: string): Promise<InputTable> {
  const sample = `SELECT json FROM read_json_objects(${toLiteral(file)}, format = '${format}') LIMIT ${SAMPLED_LINES}`;
  const sql = `SELECT DISTINCT unnest(json_keys(json)) FROM (${sample}) WHERE json_type(json) = 'OBJECT'`;
  const ask = (query: string) => readOrExplain(file, async () => (await connection.run(query)).getRows());
  const rows = await ask(sql);
  if (rows.length === 0) return openPages(file, format, ask);
  const names = rows.map(([name]) => String(name)).sort();
  const columns = names.map((name) => `${toLiteral(name)}: 'VARCHAR'`).join(', ');
  const relation = `read_json(${toLiteral(file)}, format = '${format}', columns = {${columns}})`;
  return { file, columns: names.map(asText), relation };
}

/** Several answers of an API, one array a line: `[{…}, {…}]`. */
async function openPages(file: string, format: string, ask: (sql: string) => Promise<unknown[][]>): Promise<InputTable> {
  const pages = `SELECT json FROM read_json_objects(${toLiteral(file)}, format = '${format}') WHERE json_type(json) = 'ARRAY'`;
  const objects = `SELECT unnest(json_extract(json, '$[*]')) AS json FROM (${pages})`;
  const rows = await ask(`SELECT DISTINCT unnest(json_keys(json)) FROM (${objects} LIMIT ${SAMPLED_LINES})`);
  const names = rows.map(([name]) => String(name)).sort();
  if (names.length === 0) throw new TillsideError('input-empty', `${file} holds no JSON objects. Each line must be one object.`);
  const shape = JSON.stringify(Object.fromEntries(names.map((name) => [name, 'VARCHAR'])));
  const relation = `(SELECT unnest(json_transform(json, ${toLiteral(shape)})) FROM (${objects}))`;
  return { file, columns: names.map(asText), relation };
}

async function openParquet(connection: DuckDBConnection, file: string): Promise<InputTable> {
  const relation = `read_parquet(${toLiteral(file)})`;
  const rows = await readOrExplain(file, async () => (await connection.run(`DESCRIBE SELECT * FROM ${relation}`)).getRows());
  return { file, columns: rows.map(([name, type]) => ({ name: String(name), type: String(type) })), relation };
}

/** DuckDB wants every column to have a name of its own; exports repeat some and end lines with a delimiter. */
function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name, i) => {
    const unique = name === '' || used.has(name.toLowerCase()) ? `${name === '' ? 'column' : name} (${i + 1})` : name;
    used.add(unique.toLowerCase());
    return unique;
  });
}

function asText(name: string): InputColumn {
  return { name, type: 'VARCHAR' };
}

/** Runs a read; DuckDB's complaint becomes `input-invalid` with the file and, where it is known, the line. */
export async function readOrExplain<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if ((cause as Error).name === 'TillsideError') throw cause;
    const text = (cause as Error).message;
    const [, kind, number] = /(on Line:|in line) (\d+)/i.exec(text) ?? [];
    // Of JSON DuckDB names the line after the broken one.
    const place = number === undefined ? file : `${file}, line ${Number(number) - (kind === 'in line' ? 1 : 0)}`;
    const problem = text.split('\n', 1)[0]?.replace(/^.*?Error: /, '') ?? text;
    throw new TillsideError('input-invalid', `${place}: ${explain(problem, text)} Correct the file, or export it again.`, cause);
  }
}

function explain(problem: string, text: string): string {
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  if (counts !== null) return `the row has ${counts[2]} values where the header has ${counts[1]}.`;
  if (/unterminated quote/i.test(text)) return 'a quote is opened and never closed.';
  if (/not utf-8 encoded/i.test(text)) return 'not UTF-8: a spreadsheet has saved it in another encoding ("CSV UTF-8" keeps it).';
  if (/Malformed JSON/.test(text)) return `not valid JSON (${text.split('\n', 1)[0]?.split(': ').pop()?.trim() ?? ''}).`;
  if (/magic bytes|(?:not|to be) a parquet file/i.test(text)) return 'not a Parquet file.';
  return /[.!]$/.test(problem) ? problem : `${problem}.`;
}
