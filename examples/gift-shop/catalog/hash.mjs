/**
 * Hashes text to the same number on every machine: FNV-1a, then murmur3's finaliser so that near texts differ everywhere.
 *
 * @param {string} text
 * @returns {number} 0 ≤ n < 2³², a whole number
 * @see http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function hashOf(text) {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
