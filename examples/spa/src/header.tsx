import { useCatalog } from './use-catalog.js';
import { CartIcon, SearchIcon, Sprig } from './icons.js';
import { cartHref, listHref, navigate, type Route } from './router.js';
import { useShop } from './shop-store.js';

export function Header({ route }: { readonly route: Route }) {
  const { departments } = useCatalog();
  const { cart } = useShop();
  const units = cart.reduce((sum, { quantity }) => sum + quantity, 0);
  const current = route.name === 'list' ? route.departmentSlug : undefined;
  return (
    <>
      <header className="site-header">
        <div className="wrap site-header-row">
          <a className="brand" href={listHref()} aria-label="Tansy & Twine, all gifts">
            <Sprig />
            <span>
              Tansy <i>&</i> Twine
            </span>
          </a>
          <SearchForm key={route.name} route={route} />
          <a className="cart-link" href={cartHref}>
            <CartIcon />
            <span>Cart</span>
            {units > 0 && (
              <span className="cart-count">
                {units}
                <span className="visually-hidden"> in it</span>
              </span>
            )}
          </a>
        </div>
      </header>
      <nav className="departments-nav" aria-label="Departments">
        <ul className="wrap">
          {departments.map(({ name, slug }) => (
            <li key={slug}>
              <a href={listHref('', slug)} aria-current={slug === current ? 'page' : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

/** On the list it searches as one types; elsewhere it leads there. */
function SearchForm({ route }: { readonly route: Route }) {
  const { products } = useCatalog();
  const isList = route.name === 'list';
  const search = (query: string) => navigate(listHref(query, isList ? route.departmentSlug : undefined), { replace: isList });
  return (
    // biome-ignore lint/a11y/useSemanticElements: the form is the landmark, as in the gift shop whose styles it has
    <form
      className="site-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        search(String(new FormData(event.currentTarget).get('q')));
      }}
    >
      <label className="visually-hidden" htmlFor="site-search">
        Search the shop
      </label>
      <input
        id="site-search"
        type="search"
        name="q"
        placeholder={`Search ${products.length.toLocaleString('en-GB')} gifts`}
        autoComplete="off"
        enterKeyHint="search"
        {...(isList && { value: route.query, onChange: (event) => search(event.target.value) })}
      />
      <button type="submit" aria-label="Search">
        <SearchIcon />
      </button>
    </form>
  );
}
