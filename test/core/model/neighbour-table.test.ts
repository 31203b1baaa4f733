import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../src/core/errors.js';
import { findEdge } from '../../../src/core/model/find-edge.js';
import { maxLift, sumLift } from '../../../src/core/model/lift.js';
import { encodeNeighbours } from '../../../src/core/model/neighbour-encoder.js';
import { decodeNeighbours, type NeighbourTable, openNeighbours } from '../../../src/core/model/neighbour-table.js';
import { createTwoHop } from '../../../src/core/model/two-hop.js';

interface Edge {
  readonly row: number;
  readonly weight: number;
}

/** A table from each item's neighbours, row 1 first. */
function aTable(lists: readonly (readonly Edge[])[]): NeighbourTable {
  const edges = lists.flat();
  const starts = new Uint32Array(lists.length + 2);
  lists.forEach((list, i) => {
    starts[i + 2] = (starts[i + 1] as number) + list.length;
  });
  return { starts, rows: Uint32Array.from(edges, ({ row }) => row), weights: Float32Array.from(edges, ({ weight }) => weight) };
}

function listsOf({ starts, rows, weights }: NeighbourTable): Edge[][] {
  return Array.from({ length: starts.length - 2 }, (_, i) => {
    const [from, to] = [starts[i + 1] as number, starts[i + 2] as number];
    return Array.from({ length: to - from }, (_, e) => ({ row: rows[from + e] as number, weight: weights[from + e] as number }));
  });
}

const weight = fc.double({ min: 1e-20, max: 1e20, noNaN: true }).map(Math.fround);
const anyTable = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.array(
    fc.uniqueArray(fc.record({ row: fc.integer({ min: 1, max: count }), weight }), { selector: ({ row }) => row, maxLength: 12 }),
    {
      minLength: count,
      maxLength: count,
    },
  ),
);

const codeFor = (bytes: Uint8Array) => {
  try {
    decodeNeighbours(bytes);
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
};

describe('the neighbour file', () => {
  it('keeps every edge, strongest first, with its weight within 2 % of the row’s largest', () => {
    fc.assert(
      fc.property(anyTable, (lists) => {
        const found = listsOf(decodeNeighbours(encodeNeighbours(aTable(lists))));
        expect(found).toHaveLength(lists.length);
        lists.forEach((list, i) => {
          const decoded = found[i] as Edge[];
          const largest = Math.max(...list.map((edge) => edge.weight));
          expect(decoded.map(({ row }) => row).sort()).toEqual(list.map(({ row }) => row).sort());
          decoded.forEach((edge, place) => {
            const original = list.find(({ row }) => row === edge.row) as Edge;
            expect(Math.abs(edge.weight - original.weight)).toBeLessThanOrEqual(0.02 * largest);
            expect(edge.weight).toBeGreaterThan(0);
            if (place > 0) expect(edge.weight).toBeLessThanOrEqual((decoded[place - 1] as Edge).weight);
          });
        });
      }),
    );
  });

  it('finds any row without those before it, and reads none that nobody asks for', () => {
    const many = anyTable.chain((lists) => fc.tuple(fc.constant(lists), fc.integer({ min: 1, max: 6 }), fc.boolean()));
    fc.assert(
      fc.property(many, fc.infiniteStream(fc.nat()), ([lists, times, isCoarse], draws) => {
        const tame = lists.map((list) => list.slice(0, 7).map(({ row }, i) => ({ row, weight: 1 / (1 + i) })));
        const bytes = encodeNeighbours(aTable(Array.from({ length: times }, () => tame).flat()), { isCoarse });
        const [whole, table] = [decodeNeighbours(bytes), openNeighbours(bytes)];
        expect(table.weights.some((value) => value > 0)).toBe(false);
        const { length } = whole.starts;
        for (let asked = 0; asked < 5; asked++) {
          const row = draws.next().value % (length - 1);
          table.read?.(row);
          expect(listsOf(table)[row - 1]).toEqual(listsOf(whole)[row - 1]);
        }
        for (let row = 1; row < length - 1; row++) table.read?.(row);
        expect(listsOf(table)).toEqual(listsOf(whole));
      }),
    );
  });

  it.each([false, true])('has no neighbours of rows that are broken, and all of the others (coarse: %s)', (isCoarse) => {
    const lists = Array.from({ length: 100 }, (_, i) =>
      [1, 2, 3].map((step) => ({ row: ((i + 7 * step) % 100) + 1, weight: step })),
    );
    const bytes = encodeNeighbours(aTable(lists), { isCoarse });
    const sound = listsOf(decodeNeighbours(bytes));
    const body = bytes.length - Math.floor(bytes.length / 2);
    fc.assert(
      fc.property(fc.integer({ min: body, max: bytes.length - 1 }), fc.nat(255), (at, value) => {
        const changed = bytes.with(at, value);
        const table = openNeighbours(changed);
        for (let row = 1; row <= 100; row++) table.read?.(row);
        expect(table.starts).toEqual(table.starts.slice().sort());
        const block = (row: number) => Math.ceil(row / 32);
        const scores = sumLift(table, { rows: [...sound.keys()], weights: sound.map(() => 1) }, new Float32Array(101));
        expect(scores.every((score) => Number.isFinite(score))).toBe(true);
        const different = listsOf(table).flatMap((list, i) =>
          list.every((edge, e) => edge.row === sound[i]?.[e]?.row) ? [] : [block(i + 1)],
        );
        expect(new Set(different).size).toBeLessThan(3); // a byte may hold the end of one block and the beginning of the next
      }),
    );
  });

  it('tells the edges that purchases show from the others, weights within 4 % of the row’s largest', () => {
    fc.assert(
      fc.property(anyTable, fc.infiniteStream(fc.boolean()), (lists, marks) => {
        const table = aTable(lists);
        const folded = Uint8Array.from(table.rows, () => (marks.next().value ? 1 : 0));
        const read = decodeNeighbours(encodeNeighbours({ ...table, folded }));
        for (let row = 1; row <= lists.length; row++) {
          const largest = Math.max(0, ...(lists[row - 1] ?? []).map((edge) => edge.weight));
          for (let e = table.starts[row] as number; e < (table.starts[row + 1] as number); e++) {
            const edge = findEdge(read, row, table.rows[e] as number);
            expect(edge?.isFolded).toBe(folded[e] === 1);
            expect(Math.abs((edge?.weight ?? 0) - (table.weights[e] as number))).toBeLessThanOrEqual(0.045 * largest);
          }
        }
      }),
    );
    expect(findEdge(aTable([[{ row: 2, weight: 1 }], []]), 1, 2)).toEqual({ weight: 1, isFolded: false });
  });

  it('is coarse for a first stage: seven neighbours at most, weights within 10 % of the row’s largest, in fewer bits', () => {
    const tame = fc.double({ min: 1e-4, max: 1e4, noNaN: true }).map(Math.fround);
    const list = fc.uniqueArray(fc.record({ row: fc.integer({ min: 1, max: 900 }), weight: tame }), {
      selector: ({ row }) => row,
      maxLength: 7,
    });
    const lists = fc.array(list, { minLength: 900, maxLength: 900 });
    fc.assert(
      fc.property(lists, fc.infiniteStream(fc.boolean()), fc.boolean(), (each, marks, isMarked) => {
        const table = aTable(each);
        const folded = isMarked ? Uint8Array.from(table.rows, () => (marks.next().value ? 1 : 0)) : undefined;
        const given = { ...table, ...(folded && { folded }) };
        const bytes = encodeNeighbours(given, { isCoarse: true });
        const read = decodeNeighbours(bytes);
        for (let row = 1; row <= each.length; row++) {
          const largest = Math.max(0, ...(each[row - 1] ?? []).map((edge) => edge.weight));
          expect(read.starts[row + 1]).toBe(table.starts[row + 1]);
          for (let e = table.starts[row] as number; e < (table.starts[row + 1] as number); e++) {
            const edge = findEdge(read, row, table.rows[e] as number);
            expect(edge?.isFolded).toBe(folded?.[e] === 1);
            expect(Math.abs((edge?.weight ?? Number.NaN) - (table.weights[e] as number))).toBeLessThanOrEqual(0.1 * largest);
          }
        }
        expect(bytes.length).toBeLessThan(0.9 * encodeNeighbours(given).length);
      }),
      { numRuns: 20 },
    );
  });

  it('writes a weight that is nothing beside the others as the least there is, in a coarse file', () => {
    const table = aTable([[{ row: 2, weight: 1e20 }], [{ row: 1, weight: 1e-20 }]]);
    const [first, second] = listsOf(decodeNeighbours(encodeNeighbours(table, { isCoarse: true }))).flat() as [Edge, Edge];
    expect(first.weight / 1e20).toBeCloseTo(1, 1);
    expect(second.weight).toBeGreaterThan(0);
    expect(second.weight).toBeLessThan(1e-9 * first.weight);
    const tiny = aTable([[{ row: 2, weight: 1e-37 }], [{ row: 1, weight: 1e-38 }]]);
    expect(listsOf(decodeNeighbours(encodeNeighbours(tiny, { isCoarse: true }))).flat()).toHaveLength(2);
    const many = aTable([Array.from({ length: 8 }, (_, i) => ({ row: i + 1, weight: 1 }))]);
    expect(() => encodeNeighbours(many, { isCoarse: true })).toThrow('row 1 has 8 neighbours, at most 7 fit');
  });

  it('takes steps of rows over 127 and two million items', () => {
    const lists: Edge[][] = Array.from({ length: 300_000 }, () => []);
    lists[4] = [127, 128, 16_511, 299_999, 300_000].map((row, i) => ({ row, weight: 5 - i }));
    for (const isCoarse of [false, true]) {
      const { rows } = decodeNeighbours(encodeNeighbours(aTable(lists), { isCoarse }));
      expect([...rows].sort((a, b) => a - b)).toEqual([127, 128, 16_511, 299_999, 300_000]);
    }
  });

  const small = aTable([
    [{ row: 2, weight: 1 }],
    [
      { row: 1, weight: 1 },
      { row: 3, weight: 0.5 },
    ],
    [],
  ]);

  it.each([false, true])('is refused with a code, or is a sound table, whatever byte of it changes (coarse: %s)', (isCoarse) => {
    const bytes = encodeNeighbours(small, { isCoarse });
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const changed = bytes.with(at, value);
        const code = codeFor(changed);
        if (code !== undefined) return code === 'model-invalid';
        return listsOf(decodeNeighbours(changed))
          .flat()
          .every((edge) => edge.row >= 1 && edge.row <= 3 && edge.weight > 0 && Number.isFinite(edge.weight));
      }),
      { numRuns: 500 },
    );
  });

  it.each([false, true])('is refused when it is cut off, padded or not one at all (coarse: %s)', (isCoarse) => {
    const bytes = encodeNeighbours(small, { isCoarse });
    for (let length = 0; length < bytes.length; length++) expect(codeFor(bytes.slice(0, length))).toBe('model-invalid');
    expect(codeFor(new Uint8Array([...bytes, 0]))).toBe('model-invalid');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (any) => codeFor(any) === 'model-invalid'));
  });

  it('is refused before it allocates what its counts claim', () => {
    const view = new DataView(encodeNeighbours(aTable([[]])).buffer);
    for (const [count, edges] of [
      [0xffffffff, 0],
      [1, 0xffffffff],
      [0x7fffffff, 0x7fffffff],
    ] as const) {
      view.setUint32(4, count, true);
      view.setUint32(8, edges, true);
      expect(codeFor(new Uint8Array(view.buffer))).toBe('model-invalid');
    }
  });

  it('is not written with a weight that is not positive and finite, or a neighbour twice', () => {
    const bad = [0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((value) => [{ row: 1, weight: value }]);
    for (const list of [
      ...bad,
      [
        { row: 1, weight: 1 },
        { row: 1, weight: 2 },
      ],
    ])
      expect(() => encodeNeighbours(aTable([list]))).toThrow(/neighbour table/);
  });
});

describe('lifts', () => {
  // 1 → 2 (2), 3 (1) · 2 → 1 (1) · 3 → 2 (4)
  const table = aTable([
    [
      { row: 2, weight: 2 },
      { row: 3, weight: 1 },
    ],
    [{ row: 1, weight: 1 }],
    [{ row: 2, weight: 4 }],
  ]);

  it('sums weighted edges and takes the largest one', () => {
    const into = new Float32Array(4).fill(9);
    expect([...sumLift(table, { rows: [1, 3], weights: [1, 0.5] }, into)]).toEqual([0, 0, 4, 1]);
    expect([...maxLift(table, [1, 3], into)]).toEqual([0, 0, 4, 1]);
    expect([...maxLift(table, [0], into)]).toEqual([0, 0, 0, 0]);
  });

  it('scores two hops as (q + 1.5 · q · T̂) · T', () => {
    // q = e1: q′ = e1 + 1.5 · (2/3 e2 + 1/3 e3) = e1 + e2 + 0.5 e3 → T: 1 ← 1, 2 ← 2 + 0.5 · 4, 3 ← 1
    const scores = createTwoHop(table, 1.5)([1], [1], new Float32Array(4));
    expect([...scores].map((score) => Math.round(score * 1e5) / 1e5)).toEqual([0, 1, 4, 1]);
  });

  it('scores two hops as the dense matrices do, call after call', () => {
    fc.assert(
      fc.property(
        anyTable,
        fc.array(fc.tuple(fc.nat(40), fc.double({ min: 0, max: 2, noNaN: true })), { maxLength: 5 }),
        (lists, query) => {
          const tame = lists.map((list) => list.map((edge, i) => ({ ...edge, weight: 1 / (1 + i) })));
          const count = tame.length;
          const own = aTable(tame);
          const twoHop = createTwoHop(own, 1.5);
          const asked = query.filter(([row]) => row <= count);
          const rows = asked.map(([row]) => row);
          const weights = asked.map(([, value]) => value);
          twoHop([1], [1], new Float32Array(count + 1));
          const found = twoHop(rows, weights, new Float32Array(count + 1));
          const at = (from: number, to: number) => tame[from - 1]?.find(({ row }) => row === to)?.weight ?? 0;
          const all = Array.from({ length: count }, (_, i) => i + 1);
          const q = all.map((row) => asked.reduce((sum, [r, w]) => sum + (r === row ? w : 0), 0));
          const sums = all.map((row) => (tame[row - 1] as Edge[]).reduce((sum, edge) => sum + edge.weight, 0) || 1);
          const spread = all.map(
            (to, i) =>
              (q[i] as number) +
              1.5 * all.reduce((sum, from, f) => sum + ((q[f] as number) * at(from, to)) / (sums[f] as number), 0),
          );
          all.forEach((to) => {
            const expected = all.reduce((sum, from, f) => sum + (spread[f] as number) * at(from, to), 0);
            expect(found[to]).toBeCloseTo(expected, 3);
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});
