// In: products, most bought first, and what is looked for. Out: the products that fit, in order. Any JavaScript.

const BY_SORT = {
  'price-up': (a, b) => a.price - b.price,
  'price-down': (a, b) => b.price - a.price,
  title: (a, b) => a.title.localeCompare(b.title, 'en'),
};

/**
 * Finds the products of a department whose titles hold every word that is looked for, or begin one with it.
 *
 * @param {import('./products.js').Product[]} products
 * @param {{ q?: string, department?: string, sort?: string }} wanted
 */
export function searchProducts(products, { q = '', department, sort }) {
  const words = wordsOf(q);
  const found = products.filter((product) => {
    const isThere = !department || product.department.slug === department;
    return isThere && words.every((word) => holds(product, word));
  });
  const compare = BY_SORT[sort];
  return compare ? found.sort(compare) : found;
}

/** A plural finds its singular: "mugs" finds "Mug". */
function holds({ itemId, title, department }, word) {
  const text = ` ${wordsOf(`${title} ${department.name} ${itemId}`).join(' ')}`;
  return text.includes(` ${word}`) || (word.length > 3 && text.includes(` ${word.replace(/e?s$/, '')}`));
}

function wordsOf(text) {
  return (
    text
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
