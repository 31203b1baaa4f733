// In: products, most bought first, and what is looked for. Out: the products that fit, in order. Any JavaScript.

const BY_SORT = {
  'price-up': (a, b) => a.price - b.price,
  'price-down': (a, b) => b.price - a.price,
  title: (a, b) => a.title.localeCompare(b.title, 'en'),
};

/**
 * Finds the products whose title, item number or department has, for every word that is looked for, a word that begins so.
 * Unless sorted otherwise, those that need no department for it come first: a bag before a tag of "Bags & travel".
 *
 * @param {import('./products.js').Product[]} products
 * @param {{ q?: string, department?: string, sort?: string }} wanted
 */
export function searchProducts(products, { q = '', department, sort }) {
  const words = wordsOf(q);
  const there = department ? products.filter((product) => product.department.slug === department) : products;
  const byName = there.filter(({ title, itemId }) => holds(`${title} ${itemId}`, words));
  const named = new Set(byName);
  const byDepartment = there.filter((product) => {
    const { title, itemId } = product;
    return !named.has(product) && holds(`${title} ${itemId} ${product.department.name}`, words);
  });
  const found = [...byName, ...byDepartment];
  const compare = BY_SORT[sort];
  return compare ? found.sort(compare) : found;
}

/** A plural finds its singular: "mugs" finds "Mug". */
function holds(text, words) {
  const held = ` ${wordsOf(text).join(' ')}`;
  const begins = (start) => held.includes(` ${start}`);
  return words.every((word) => begins(word) || (word.length > 3 && begins(word.replace(/e?s$/, ''))));
}

function wordsOf(text) {
  return (
    text
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
