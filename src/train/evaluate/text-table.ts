/** Rows of text in columns: the first to the left, figures to the right. @param rows the head first */
export function textTable(rows: readonly (readonly string[])[], leftColumns: readonly number[] = [0]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows.map((cells) =>
    cells
      .map((cell, column) =>
        leftColumns.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** `+0.0123` */
export function signed(value: number, digits = 4): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}

/** Whether an interval leaves 0 out, in words. */
export function verdict({ low, high }: { readonly low: number; readonly high: number }): string {
  return low > 0 ? 'better' : high < 0 ? 'worse' : 'no clear difference';
}

export function count(value: number): string {
  return value.toLocaleString('en');
}
