/** Scripts that write no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** A title as words in order: lower case, without accents and the plural's s; numbers are words. */
export function toTitleWords(title: string): string[] {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
  const runs = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  const words = UNSPACED.test(plain) ? runs.flatMap((run) => Array.from(segmenter.segment(run), ({ segment }) => segment)) : runs;
  return words.map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
}
