// The shop's products as its two apps read them: `catalog.json`, which `catalog-json.mjs` writes.
export interface Department {
  readonly name: string;
  readonly slug: string;
}

export interface Product {
  readonly itemId: string;
  readonly title: string;
  /** GBP */
  readonly price: number;
  readonly department: Department;
  readonly isInStock: boolean;
  readonly imageUrl: string;
}

export interface Catalog {
  readonly departments: readonly Department[];
  /** most ordered first */
  readonly products: readonly Product[];
  readonly find: (itemId: string) => Product | undefined;
}

/** `catalog.json`. */
interface CatalogFile {
  readonly departments: readonly Department[];
  readonly products: readonly (readonly [string, string, number, number, 0 | 1])[];
}

export async function loadCatalog(url: string): Promise<Catalog> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  const { departments, products: rows } = (await response.json()) as CatalogFile;
  const products = rows.map(([itemId, title, price, departmentIndex, isInStock]) => ({
    itemId,
    title,
    price,
    department: departments[departmentIndex] as Department,
    isInStock: isInStock === 1,
    imageUrl: `/img/${itemId}.svg`,
  }));
  const byId = new Map(products.map((product) => [product.itemId, product]));
  return { departments, products, find: (itemId) => byId.get(itemId) };
}

/** Returns the products of a department that have every word of a query in their title or number. */
export function searchProducts({ products }: Catalog, query: string, departmentSlug: string | undefined): readonly Product[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return products.filter(({ itemId, title, department }) => {
    const text = `${title} ${itemId}`.toLowerCase();
    return (!departmentSlug || department.slug === departmentSlug) && words.every((word) => text.includes(word));
  });
}

const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** @param price GBP */
export function formatPrice(price: number): string {
  return pounds.format(price);
}
