import { TillsideError } from '../errors.js';

/** What rules and features know of every item, in columns `[count + 1]`; row 0 is the unknown item. */
export interface ItemColumns {
  /** items, without row 0 */
  readonly count: number;
  /** major units, NaN when unknown */
  readonly price: Float32Array;
  /** 1-based number, 0 when none */
  readonly category: Uint16Array;
  /** 1-based number, 0 when none */
  readonly brand: Uint16Array;
  /** rank bucket, 255 = the most popular */
  readonly popularity: Uint8Array;
  /** merchandising boost −1, 0 or 1 */
  readonly boost: Int8Array;
  /** 1 when it can be bought */
  readonly available: Uint8Array;
  /** row of the item of which this is a variant, its own when it is none */
  readonly family: Uint32Array;
  /** the same for items whose titles name nearly the same: `count` + a 1-based number, its own row when there is no other */
  readonly group: Uint32Array;
}

// items-*.bin, little-endian: magic, count, variants (u32 each) · price f32[count] · family u32[variants] · category u16[count] ·
// brand u16[count] · popularity u8[count] · flags u8[count] · group u16[grouped]. 10 bytes an item, 4 more for a variant and 2 for a member of
// a group; without groups it ends with the flags.
const MAGIC = 0x314c4954; // "TIL1"
const HEADER_BYTES = 12;
const BYTES_PER_ITEM = 10;
const AVAILABLE = 1;
const BOOST_SHIFT = 1; // two bits: boost + 1
const VARIANT = 8;
const GROUPED = 16;

/** Empty columns for `count` items: nothing known, everything available, no variants. */
export function createItemColumns(count: number): ItemColumns {
  const length = count + 1;
  return {
    count,
    price: new Float32Array(length).fill(Number.NaN),
    category: new Uint16Array(length),
    brand: new Uint16Array(length),
    popularity: new Uint8Array(length),
    boost: new Int8Array(length),
    available: new Uint8Array(length).fill(1, 1),
    family: Uint32Array.from({ length }, (_, row) => row),
    group: Uint32Array.from({ length }, (_, row) => row),
  };
}

/** Writes `items-*.bin`. */
export function encodeItemFacts(columns: ItemColumns): Uint8Array {
  const { count, family, group } = columns;
  const variants = family.subarray(1).filter((parent, i) => parent !== i + 1);
  const groups = group.filter((label) => label > count);
  const end = HEADER_BYTES + BYTES_PER_ITEM * count + 4 * variants.length;
  const view = new DataView(new ArrayBuffer(end + 2 * groups.length));
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, count, true);
  view.setUint32(8, variants.length, true);
  const at = offsets(count, variants.length);
  variants.forEach((parent, i) => {
    view.setUint32(at.family + 4 * i, parent, true);
  });
  groups.forEach((label, i) => {
    view.setUint16(end + 2 * i, label - count, true);
  });
  for (let i = 0; i < count; i++) {
    const row = i + 1;
    view.setFloat32(at.price + 4 * i, columns.price[row] as number, true);
    view.setUint16(at.category + 2 * i, columns.category[row] as number, true);
    view.setUint16(at.brand + 2 * i, columns.brand[row] as number, true);
    view.setUint8(at.popularity + i, columns.popularity[row] as number);
    const flags = ((columns.available[row] as number) && AVAILABLE) | (((columns.boost[row] as number) + 1) << BOOST_SHIFT);
    view.setUint8(at.flags + i, flags | (family[row] === row ? 0 : VARIANT) | (group[row] === row ? 0 : GROUPED));
  }
  return new Uint8Array(view.buffer);
}

/**
 * Reads `items-*.bin`.
 *
 * @throws {TillsideError} `model-invalid` when its length, a price, a boost or a family row is wrong
 */
export function decodeItemFacts(bytes: Uint8Array): ItemColumns {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) throw invalid('it is broken at byte 0');
  const count = view.getUint32(4, true);
  const variants = view.getUint32(8, true);
  const expected = HEADER_BYTES + BYTES_PER_ITEM * count + 4 * variants;
  const grouped = (bytes.length - expected) / 2;
  if (grouped < 0 || grouped % 1 > 0) throw invalid(`it has ${bytes.length} bytes, not ${expected}`);
  const columns = createItemColumns(count);
  const { buffer } = bytes.slice(); // aligned, as every column after it is; every browser's machine is little-endian
  let at = HEADER_BYTES;
  const read = <T extends ArrayBufferView>(
    Column: new (buffer: ArrayBuffer, at: number, length: number) => T,
    length: number,
  ): T => {
    const column = new Column(buffer, at, length);
    at += column.byteLength;
    return column;
  };
  columns.price.set(read(Float32Array, count), 1);
  const families = read(Uint32Array, variants);
  columns.category.set(read(Uint16Array, count), 1);
  columns.brand.set(read(Uint16Array, count), 1);
  columns.popularity.set(read(Uint8Array, count), 1);
  const flagsOf = read(Uint8Array, count);
  const groups = read(Uint16Array, grouped);
  let variant = 0;
  let member = 0;
  for (let row = 1; row <= count; row++) {
    const price = columns.price[row] as number;
    if (price < 0 || price === Number.POSITIVE_INFINITY) throw invalid(`row ${row} costs ${price}`);
    const flags = flagsOf[row - 1] as number;
    const boost = ((flags >> BOOST_SHIFT) & 3) - 1;
    if (flags > 31 || boost > 1) throw invalid(`row ${row} has flags ${flags}`);
    columns.available[row] = flags & AVAILABLE;
    columns.boost[row] = boost;
    if (flags & VARIANT) columns.family[row] = families[variant++] ?? 0;
    if (flags & GROUPED) columns.group[row] = count + (groups[member++] ?? 0);
    const parent = columns.family[row] as number;
    if (parent < 1 || parent > count) throw invalid(`row ${row} is a variant of row ${parent}`);
  }
  if (variant !== variants || member !== grouped) throw invalid('its flags do not add up');
  return columns;
}

function offsets(count: number, variants: number) {
  const family = HEADER_BYTES + 4 * count;
  const category = family + 4 * variants;
  const brand = category + 2 * count;
  const popularity = brand + 2 * count;
  return { price: HEADER_BYTES, family, category, brand, popularity, flags: popularity + count };
}

function invalid(what: string): TillsideError {
  return new TillsideError('model-invalid', `The bundle's item facts are invalid: ${what}. Train the bundle again.`);
}
