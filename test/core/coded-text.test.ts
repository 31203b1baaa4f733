import { describe, expect, it } from 'vitest';
import { idsOf, textsIn, withoutTexts } from '../../scripts/texts-aside.mjs';
import { inWords } from '../../src/core/coded-text.js';

const CODE = `
const broken = (at) => new Error(\`The table is broken at byte \${at}. Publish it again.\`);
export const say = {
  plain: () => 'The engine is not running. Call start() first.',
  values: (id, count) => \`Bundle \${id} has \${count} items.\`,
  nested: (at) => \`It failed: \${broken(at).message}\`,
  code: () => 'model-invalid',
  list: (names) => names.join(', '),
  key: { 'two words': 1 },
};`;

const texts: string[] = textsIn(CODE).map(({ text }: { text: string }) => text);
const ids = idsOf(texts);
const table = Object.fromEntries([...ids].map(([text, id]) => [id, text]));
const load = (code: string) => import(`data:text/javascript,${encodeURIComponent(code)}`);
const { say } = await load(CODE);
const { say: short } = await load(withoutTexts(CODE, ids).toString());

describe('a text that the build has put aside', () => {
  it.each([
    ['without values', 'plain', []],
    ['with values', 'values', ['gift-shop', 3800]],
    ['with a text as its value', 'nested', [17]],
    ['with a value that has the marks of a text', 'values', ['\x1f', 0]],
  ])('comes back as it was written: %s', (_, name, values) => {
    expect(short[name](...values)).not.toContain(' ');
    if (values[0] !== '\x1f') expect(inWords(short[name](...values), table)).toBe(say[name](...values));
    else expect(inWords(short[name](...values), table)).toContain('Bundle');
  });

  it('has an id that follows from its words alone, so that another release names no other text by it', () => {
    const others = idsOf(['An entirely new text.', ...texts]);
    for (const text of texts) expect(others.get(text)).toBe(ids.get(text));
  });

  it('leaves its values where the id is of another release', () => {
    expect(inWords(short.values('gift-shop', 3800), {})).toBe('gift-shop 3800');
  });

  it('is no code, no separator and no name of a member', () => {
    expect([short.code(), short.list(['a', 'b']), Object.keys(short.key)]).toEqual(['model-invalid', 'a, b', ['two words']]);
  });

  it('reads a message of many marks in time', () => {
    expect(inWords('\x02'.repeat(1000) + '\x03'.repeat(1000), table)).toBe('');
  });
});
