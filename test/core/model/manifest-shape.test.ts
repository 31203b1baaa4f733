import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { manifestSchema } from '../../../src/core/model/manifest.schema.js';
import { manifestShape } from '../../../src/core/model/manifest-shape.js';
import { tryRead } from '../../../src/core/shape.js';
import { aBundle } from '../../support/tiny-bundle.js';

type Json = unknown;
let manifest: Record<string, Json>;
beforeAll(async () => {
  manifest = { ...(await aBundle()).manifest, signature: { key: 'k', value: 'v' }, notAfter: '2030-01-01' };
});

/** Every place in a JSON value, as a path of member names. */
function placesOf(value: Json, path: readonly string[] = []): (readonly string[])[] {
  const members = typeof value === 'object' && value !== null ? Object.entries(value).slice(0, 12) : [];
  return [path, ...members.flatMap(([name, member]) => placesOf(member, [...path, name]))];
}

function replaced(value: Json, [name, ...rest]: readonly string[], by: Json): Json {
  if (name === undefined) return by;
  const copy: Record<string, Json> = Array.isArray(value) ? ([...value] as never) : { ...(value as Record<string, Json>) };
  const next = replaced(copy[name], rest, by);
  if (next === undefined && !Array.isArray(copy)) delete copy[name];
  else copy[name] = next;
  return copy;
}

it('takes what the schema takes, makes of it what the schema makes, and refuses the rest', () => {
  const places = placesOf(manifest);
  const odd = fc.oneof(
    fc.constantFrom<Json>(
      undefined,
      null,
      '',
      'x',
      '../x',
      0,
      -1,
      1,
      0.5,
      513,
      2_000_001,
      2 ** 53,
      [],
      {},
      [null],
      [1, 'a'],
      true,
    ),
    fc.jsonValue(),
    fc.string(),
    fc.integer(),
  );
  let taken = 0;
  const runs = 1_000;
  fc.assert(
    fc.property(fc.constantFrom(...places), odd, (place, value) => {
      const mutated = replaced(manifest, place, value);
      const { data, success } = manifestSchema.safeParse(mutated);
      taken += Number(success);
      expect(tryRead(manifestShape, mutated)).toEqual(success ? data : undefined);
    }),
    { numRuns: runs },
  );
  expect(taken).toBeGreaterThan(runs / 50);
  expect(taken).toBeLessThan(runs / 2);
});
