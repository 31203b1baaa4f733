import { textOf } from '../event-query.js';
import { toKey } from '../match-columns.js';
import type { InputTable } from '../open-table.js';

/** Reads columns of an export by any of the names they go by. */
export interface PickedColumns {
  has(...names: readonly string[]): boolean;
  /** the text of the first of these columns that has one in a row, as SQL */
  text(...names: readonly string[]): string;
  /** what the file calls the first of these columns that it has */
  nameOf(...names: readonly string[]): string;
}

/** Looks columns up, whatever their case, blanks and dashes. */
export function pickColumns({ columns }: Pick<InputTable, 'columns'>): PickedColumns {
  const byName = new Map(columns.map((column) => [toKey(column.name), column]));
  const find = (names: readonly string[]) => names.flatMap((name) => byName.get(toKey(name)) ?? []);
  return {
    has: (...names) => find(names).length > 0,
    text(...names) {
      const texts = find(names).map(textOf);
      return texts.length > 1 ? `coalesce(${texts.join(', ')})` : (texts[0] ?? 'NULL::VARCHAR');
    },
    nameOf: (...names) => find(names)[0]?.name ?? (names[0] as string),
  };
}

/** Numbers the rows of a table in the order of the file. */
export function numbered(relation: string): string {
  return `(SELECT row_number() OVER () AS nth, * FROM ${relation})`;
}
