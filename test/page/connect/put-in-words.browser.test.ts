import { describe, expect, it } from 'vitest';
import { TillsideError } from '../../../src/core/errors.js';
import { putInWords } from '../../../src/page/connect/put-in-words.js';

const CODED = '\x02w51\x1f3\x03';
const loadWords = async () => ({ inWords: (message: string) => message.replace(CODED, '3 rows were skipped.') });
const noWords = () => {
  throw new TypeError('404');
};

describe('what a worker tells', () => {
  it('is put in words in a status, a receipt and an error', async () => {
    const status = { seq: 1, diagnostics: [{ code: 'store-reset', message: CODED }] };
    expect(await putInWords(status, loadWords)).toEqual({
      seq: 1,
      diagnostics: [{ code: 'store-reset', message: '3 rows were skipped.' }],
    });
    expect(await putInWords({ refusals: ['in words', CODED] }, loadWords)).toEqual({
      refusals: ['in words', '3 rows were skipped.'],
    });
    const offers = { revision: 1, problem: { code: 'offers-unreachable', message: CODED } };
    expect(await putInWords(offers, loadWords)).toMatchObject({ problem: { message: '3 rows were skipped.' } });
    const error = await putInWords(new TillsideError('store-lost', `Sorry: ${CODED}`), loadWords);
    expect(error).toMatchObject({ code: 'store-lost', message: 'Sorry: 3 rows were skipped.' });
  });

  it('is passed on at once, and nothing is loaded, where there are no words to find', () => {
    for (const answer of [undefined, null, 3, [], { items: [] }, { diagnostics: [{ code: 'store-lost', message: 'in words' }] }])
      expect(putInWords(answer, noWords)).toBe(answer);
  });

  it('stays as it is, with its code, where the words do not load', async () => {
    const error = new TillsideError('store-lost', CODED);
    expect(await putInWords(error, noWords)).toBe(error);
    expect(error).toMatchObject({ code: 'store-lost', message: CODED });
    expect(await putInWords(error, async () => ({}) as never)).toBe(error); // a file of another release
  });
});
