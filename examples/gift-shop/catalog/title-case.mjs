// In: a title of the data, mostly in capitals. Out: the title that a shopper reads. Build time, Node.

const SMALL_WORDS = new Set(['a', 'an', 'and', 'by', 'de', 'du', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);
const KEPT_CAPITALS = new Set(['LED', 'USB', 'TV', 'WC', 'BBQ', 'UK', 'USA', 'DIY', 'S.O.S', 'M.O.P', 'II']);
const UNIT = /^((cm|mm|m)?x|cm|mm|m|g|kg|ml|pcs?|s|st|nd|rd|th)$/i;
const WORD = /[\p{L}\p{N}.'’]+/gu;

/** Returns the title in title case, with `SET/6` and `W/` spelled out and repeated blanks removed; letters are never dropped. */
export function toDisplayTitle(title) {
  const spelledOut = title
    .replace(/^\*+/, '')
    .replace(/\bS(?:ET)?\/\s*(?=\d)/gi, 'SET OF ')
    .replace(/\b(PACK|BOX)\/\s*(?=\d)/gi, '$1 OF ')
    .replace(/\bW(?:\/|(?=\s))\s*/g, 'WITH ')
    .replace(/,(?=\S)/g, ', ')
    .replace(/\s+/g, ' ')
    .trim();
  return spelledOut.replace(WORD, (word, offset) => toDisplayWord(word, offset === 0));
}

function toDisplayWord(word, isFirst) {
  if (KEPT_CAPITALS.has(word.toUpperCase())) return word.toUpperCase();
  const lower = word.toLowerCase();
  if (!isFirst && SMALL_WORDS.has(lower)) return lower;
  if (/^\d/.test(word)) return lower.replace(/\p{L}+/gu, (letters) => (UNIT.test(letters) ? letters : capitalise(letters)));
  // D'Azure and B'Fly, but Mum's
  return lower
    .split(/(?<=^.['’])/)
    .map(capitalise)
    .join('');
}

function capitalise(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
