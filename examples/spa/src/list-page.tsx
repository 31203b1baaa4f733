import { useState } from 'react';
import { searchProducts } from '../../gift-shop/catalog/app-catalog.js';
import { useCatalog } from './use-catalog.js';
import { ProductGrid } from './product-card.js';
import { useTitle } from './use-title.js';

const PAGE_SIZE = 24;

export interface ListPageProps {
  readonly query: string;
  readonly departmentSlug: string | undefined;
}

export function ListPage({ query, departmentSlug }: ListPageProps) {
  const catalog = useCatalog();
  const found = searchProducts(catalog, query, departmentSlug);
  const department = catalog.departments.find(({ slug }) => slug === departmentSlug)?.name;
  const words = query.trim() && `“${query.trim()}”`;
  const title = words && department ? `${words} in ${department}` : words || department || 'All gifts';
  useTitle(title);
  return (
    <div className="wrap section">
      <h1>{title}</h1>
      <p className="app-count" role="status">
        {found.length === 0
          ? 'No gifts. Try a shorter word or another department.'
          : `${found.length.toLocaleString('en-GB')} gifts`}
      </p>
      <Pages key={`${query} ${departmentSlug}`} products={found} />
    </div>
  );
}

function Pages({ products }: { readonly products: ReturnType<typeof searchProducts> }) {
  const [size, setSize] = useState(PAGE_SIZE);
  return (
    <>
      <ProductGrid products={products.slice(0, size)} />
      {size < products.length && (
        <p className="more">
          <button type="button" className="button" onClick={() => setSize(size + PAGE_SIZE)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}
