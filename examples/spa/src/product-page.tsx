import { useState } from 'react';
import { formatPrice, type Product, searchProducts } from '../../gift-shop/catalog/app-catalog.js';
import { useCatalog } from './use-catalog.js';
import { TickIcon } from './icons.js';
import { NotFound } from './not-found.js';
import { ProductGrid, Tile } from './product-card.js';
import { cartHref, listHref } from './router.js';
import { quantityOf, shop, useShop } from './shop-store.js';
import { Stepper } from './stepper.js';
import { useTitle } from './use-title.js';

const MORE = 10;

export function ProductPage({ itemId }: { readonly itemId: string }) {
  const catalog = useCatalog();
  const product = catalog.find(itemId);
  return product ? <FoundProduct product={product} /> : <NotFound />;
}

function FoundProduct({ product }: { readonly product: Product }) {
  const catalog = useCatalog();
  const { title, price, department, imageUrl } = product;
  useTitle(title);
  const others = searchProducts(catalog, '', department.slug).filter((other) => other !== product);
  return (
    <>
      <div className="wrap section">
        <nav className="breadcrumb" aria-label="You are here">
          <ol>
            <li>
              <a href={listHref()}>All gifts</a>
            </li>
            <li>
              <a href={listHref('', department.slug)}>{department.name}</a>
            </li>
            <li>
              <span aria-current="page">{title}</span>
            </li>
          </ol>
        </nav>
        <article className="product">
          <div className="product-picture">
            <Tile imageUrl={imageUrl} isLazy={false} />
          </div>
          <div className="product-text">
            <p className="eyebrow">{department.name}</p>
            <h1>{title}</h1>
            <p className="product-price">{formatPrice(price)}</p>
            <BuyForm product={product} />
          </div>
        </article>
      </div>
      <section className="wrap section" aria-labelledby="more">
        <h2 id="more">More in {department.name}</h2>
        <ProductGrid products={others.slice(0, MORE)} />
      </section>
    </>
  );
}

function BuyForm({ product: { itemId, price, isInStock } }: { readonly product: Product }) {
  const [quantity, setQuantity] = useState(1);
  const held = quantityOf(useShop().cart, itemId);
  return (
    <>
      <p className={isInStock ? 'stock' : 'stock stock-out'}>
        {isInStock && <TickIcon />}
        {isInStock ? 'In stock' : 'Sold out at the moment'}
      </p>
      <form
        className="buy"
        onSubmit={(event) => {
          event.preventDefault();
          shop.add(itemId, price, quantity);
        }}
      >
        <Stepper quantity={quantity} onChange={setQuantity} isDisabled={!isInStock} />
        <button type="submit" className="button button-primary" disabled={!isInStock}>
          {isInStock ? 'Add to cart' : 'Sold out'}
        </button>
      </form>
      <p className="app-held" role="status">
        {held > 0 && (
          <>
            {held} in your cart. <a href={cartHref}>See your cart</a>
          </>
        )}
      </p>
    </>
  );
}
