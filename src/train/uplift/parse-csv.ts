import { TillsideError } from '../../core/errors.js';
import { parseCsvHeader } from '../input/csv-header.js';

/** A row of a CSV file. */
export interface CsvRow {
  /** 1-based; the header is row 1 */
  readonly row: number;
  readonly cells: readonly string[];
}

/** A CSV file taken apart. */
export interface CsvTable {
  readonly names: readonly string[];
  readonly rows: Iterable<CsvRow>;
}

/**
 * Parses RFC 4180, without DuckDB: who asks whether it pays has nothing to install beside tillside.
 * Takes quotes, quotes in quotes and line ends in quotes, by any of the delimiters `, ; tab |`.
 *
 * @throws {TillsideError} `input-invalid` naming file and row, also while the rows are read
 */
export function parseCsv(file: string, text: string): CsvTable {
  const body = text.replace(/^\uFEFF/, '');
  const { names, delimiter } = parseCsvHeader(body.split(/[\r\n]/, 1)[0] ?? '');
  return { names, rows: readRows(file, body, { delimiter, columns: names.length }) };
}

interface Dialect {
  readonly delimiter: string;
  readonly columns: number;
}

function* readRows(file: string, body: string, { delimiter, columns }: Dialect): Generator<CsvRow> {
  // A cell: quoted, or up to the delimiter; then what ends it.
  const escaped = delimiter.replace(/[|\t]/, (sign) => (sign === '|' ? '\\|' : '\\t'));
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|((?:[^"${escaped}\\r\\n][^${escaped}\\r\\n]*)?))(${escaped}|\\r\\n|\\n|\\r|$)`,
    'y',
  );
  let cells: string[] = [];
  let row = 1;
  while (cell.lastIndex < body.length) {
    const at = cell.lastIndex;
    const match = cell.exec(body);
    if (!match) throw new TillsideError('input-invalid', brokenQuote(file, row, body.slice(at, at + 40)));
    const [, quoted, plain = '', end] = match;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === delimiter && cell.lastIndex < body.length) continue;
    if (cells.length > 1 || cells[0] !== '') {
      if (row > 1 && cells.length > columns)
        throw new TillsideError('input-invalid', tooManyCells(file, row, [cells.length, columns]));
      if (row > 1) yield { row, cells };
      row++;
    }
    cells = [];
  }
}

function brokenQuote(file: string, row: number, seen: string): string {
  return `${file}, row ${row}: a quote is opened or closed in the wrong place, at ${JSON.stringify(seen)}. Export the file again, or write a quote in a cell as "".`;
}

function tooManyCells(file: string, row: number, [cells, columns]: readonly [number, number]): string {
  return `${file}, row ${row} has ${cells} cells and the header ${columns}. Export the file again, or put cells with a delimiter in quotes.`;
}
