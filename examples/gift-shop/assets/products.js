// What the shop's scripts know of its products: products.json, fetched once a page.

let loading;

/**
 * @typedef {{ itemId: string, title: string, price: number, department: { name: string, slug: string }, isInStock: boolean, url: string, imageUrl: string }} Product
 * @returns {Promise<Map<string, Product>>} by item id, most bought first
 */
export function loadProducts() {
  loading ??= fetchProducts().catch((error) => {
    loading = undefined; // the next call tries again
    throw error;
  });
  return loading;
}

async function fetchProducts() {
  const response = await fetch('/assets/products.json');
  if (!response.ok) throw new Error(`products.json: ${response.status}`);
  const { departments, products } = await response.json();
  return new Map(
    products.map(([itemId, title, price, department, inStock]) => [
      itemId,
      {
        itemId,
        title,
        price,
        department: departments[department],
        isInStock: inStock === 1,
        url: `/product/${itemId}.html`,
        imageUrl: `/img/${itemId}.svg`,
      },
    ]),
  );
}
