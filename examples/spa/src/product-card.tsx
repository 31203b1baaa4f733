import { formatPrice, type Product } from '../../gift-shop/catalog/app-catalog.js';
import { productHref } from './router.js';
import { shop } from './shop-store.js';

export function ProductGrid({ products }: { readonly products: readonly Product[] }) {
  return (
    <ul className="card-grid">
      {products.map((product) => (
        <ProductCard key={product.itemId} product={product} />
      ))}
    </ul>
  );
}

function ProductCard({ product: { itemId, title, price, imageUrl, isInStock } }: { readonly product: Product }) {
  return (
    <li className="card">
      <a className="card-link" href={productHref(itemId)}>
        <Tile imageUrl={imageUrl} />
        <p className="card-title">{title}</p>
      </a>
      <div className="card-foot">
        <p className="card-price">{formatPrice(price)}</p>
        {isInStock ? (
          <button type="button" className="card-add" onClick={() => shop.add(itemId, price)}>
            Add<span className="visually-hidden"> {title} to cart</span>
          </button>
        ) : (
          <p className="badge">Sold out</p>
        )}
      </div>
    </li>
  );
}

/** A product's picture: decoration beside its title. */
export function Tile({ imageUrl, isLazy = true }: { readonly imageUrl: string; readonly isLazy?: boolean }) {
  return (
    <img className="tile" src={imageUrl} alt="" width="400" height="400" decoding="async" loading={isLazy ? 'lazy' : 'eager'} />
  );
}
