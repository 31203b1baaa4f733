import { useState } from 'react';
import { formatPrice, type Product } from '../../gift-shop/catalog/app-catalog.js';
import { useCatalog } from './use-catalog.js';
import { Tile } from './product-card.js';
import { listHref, productHref } from './router.js';
import { type Line, shop, useShop } from './shop-store.js';
import { Stepper } from './stepper.js';
import { Suggestions } from './suggestions.js';
import { tillside } from './tillside.js';
import { useTitle } from './use-title.js';

export function CartPage() {
  const { cart } = useShop();
  const { find } = useCatalog();
  useTitle('Your cart');
  const [isOrdered, setOrdered] = useState(false);
  const rows = cart.flatMap((line) => {
    const product = find(line.itemId);
    return product ? [{ line, product }] : [];
  });
  const order = () => {
    tillside.track({ type: 'purchase' }); // the whole cart
    shop.empty();
    setOrdered(true);
  };
  return (
    <>
      <div className="wrap section">
        <h1>{isOrdered && rows.length === 0 ? 'Thank you' : 'Your cart'}</h1>
        <div className="cart">
          {rows.length > 0 ? (
            <ul className="cart-rows">
              {rows.map(({ line, product }) => (
                <Row key={line.itemId} line={line} product={product} />
              ))}
            </ul>
          ) : (
            <div className="cart-empty">
              <p className="lead">
                {isOrdered ? 'That was the whole demo: nothing was charged or sent.' : 'There is nothing in it yet.'}
              </p>
              <p>
                <a className="button button-primary" href={listHref()}>
                  Find something nice
                </a>
              </p>
            </div>
          )}
          {rows.length > 0 && <Summary cart={cart} onOrder={order} />}
        </div>
      </div>
      <div className="wrap section cart-suggestions">
        <Suggestions />
      </div>
    </>
  );
}

function Row({ line: { itemId, quantity, price }, product }: { readonly line: Line; readonly product: Product }) {
  return (
    <li className="cart-row" data-item-id={itemId}>
      <div className="cart-row-picture">
        <Tile imageUrl={product.imageUrl} isLazy={false} />
      </div>
      <div className="cart-row-text">
        <a className="cart-row-title" href={productHref(itemId)}>
          {product.title}
        </a>
        <p className="small">{formatPrice(price)} each</p>
      </div>
      <Stepper quantity={quantity} onChange={(next) => shop.setQuantity(itemId, price, next)} />
      <p className="cart-row-price">{formatPrice(price * quantity)}</p>
      <button type="button" className="link cart-row-remove" onClick={() => shop.setQuantity(itemId, price, 0)}>
        Remove<span className="visually-hidden"> {product.title}</span>
      </button>
    </li>
  );
}

function Summary({ cart, onOrder }: { readonly cart: readonly Line[]; readonly onOrder: () => void }) {
  const total = cart.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  return (
    <section className="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">Summary</h2>
      <dl>
        <div className="summary-total">
          <dt>Total</dt>
          <dd>{formatPrice(total)}</dd>
        </div>
      </dl>
      <button type="button" className="button button-primary" onClick={onOrder}>
        Check out
      </button>
      <p className="small">This is a demo: nothing is charged and nothing is sent.</p>
    </section>
  );
}
