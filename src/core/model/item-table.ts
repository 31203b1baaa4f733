/**
 * The item embeddings, quantised: value = byte × scale + min. At once the session model's Embedding shard and the table that
 * scores the catalogue; it exists once.
 */
export interface ItemTable {
  /** items, without row 0 */
  readonly count: number;
  readonly dim: number;
  readonly scale: number;
  readonly min: number;
  /** row-major `[count + 1, dim]`; row 0 is padding */
  readonly bytes: Uint8Array;
}

/** Dot product of a vector with some items. @param rows > 0 @returns `[rows]` */
export function scoreRows({ bytes, dim, scale, min }: ItemTable, query: Float32Array, rows: Int32Array): Float32Array {
  const scores = new Float32Array(rows.length);
  let sum = 0;
  for (let d = 0; d < dim; d++) sum += query[d] as number;
  for (let i = 0; i < rows.length; i++) {
    let dot = 0;
    for (let d = 0, at = (rows[i] as number) * dim; d < dim; d++, at++) dot += (bytes[at] as number) * (query[d] as number);
    scores[i] = dot * scale + sum * min;
  }
  return scores;
}

/** Dot product of a session vector with every item. @returns `[count + 1]`; row 0 is −Infinity */
export function scoreItems(
  table: ItemTable,
  query: Float32Array,
  into: Float32Array = new Float32Array(table.count + 1),
): Float32Array {
  const { bytes, count, dim, scale, min } = table;
  let sum = 0;
  for (let d = 0; d < dim; d++) sum += query[d] as number;
  const offset = sum * min;
  into[0] = Number.NEGATIVE_INFINITY;
  for (let row = 1, at = dim; row <= count; row++) {
    let dot = 0;
    for (let d = 0; d < dim; d++, at++) dot += (bytes[at] as number) * (query[d] as number);
    into[row] = dot * scale + offset;
  }
  return into;
}
