import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/core/model/parse-json.js';

const source = { what: 'The file', code: 'model-invalid' } as const;
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('JSON of strangers', () => {
  it('may nest 48 levels, and no more', () => {
    expect(() => parseJson(nested(48), source)).not.toThrow();
    expect(() => parseJson(nested(49), source)).toThrow('deeper than 48');
  });

  it('does not count what stands in strings, whose quotes may be escaped', () => {
    const text = JSON.stringify({ title: `"${nested(60)}\\`, next: `\\"${nested(60)}` });
    expect(parseJson(text, source)).toEqual(JSON.parse(text));
  });

  it('counts what follows a string that ends in backslashes', () => {
    expect(() => parseJson(`["\\\\",${nested(60)}]`, source)).toThrow('deeper than 48');
    expect(() => parseJson(`["\\\\\\"",${nested(60)}]`, source)).toThrow('deeper than 48');
  });

  it('is refused where a string does not end', () => {
    expect(() => parseJson('["no end', source)).toThrow('is not JSON');
  });
});
