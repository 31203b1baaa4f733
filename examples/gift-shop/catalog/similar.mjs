// In: the products. Out: for one of them, those whose titles share its rarest words. Build time, Node.

/**
 * Indexes titles, so that products like a given one can be told.
 *
 * @param {import('./catalog.mjs').Product[]} products
 * @returns {(product: import('./catalog.mjs').Product, count: number) => import('./catalog.mjs').Product[]} in stock, most alike first
 */
export function createSimilar(products) {
  const holders = new Map();
  for (const product of products) {
    for (const word of wordsOf(product)) {
      if (!holders.has(word)) holders.set(word, []);
      holders.get(word).push(product);
    }
  }
  return (product, count) => {
    const scores = new Map();
    for (const word of wordsOf(product)) {
      const alike = holders.get(word);
      const rarity = Math.log(products.length / alike.length);
      for (const other of alike) scores.set(other, (scores.get(other) ?? 0) + rarity);
    }
    scores.delete(product);
    return [...scores]
      .filter(([{ availability }]) => availability === 'in_stock')
      .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || b.orders - a.orders)
      .slice(0, count)
      .map(([other]) => other);
  };
}

function wordsOf({ dataTitle }) {
  return new Set(dataTitle.toLowerCase().match(/[a-z]{3,}/g));
}
