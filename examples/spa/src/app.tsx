import { useEffect, useRef, useState } from 'react';
import { CartPage } from './cart-page.js';
import { ConsentBanner } from './consent-banner.js';
import { Footer } from './footer.js';
import { Header } from './header.js';
import { ListPage } from './list-page.js';
import { NotFound } from './not-found.js';
import { ProductPage } from './product-page.js';
import { type Route, useRoute } from './router.js';
import { useTellPage } from './tell-page.js';

export function App() {
  const { route, path } = useRoute();
  const [isAsking, setAsking] = useState(false);
  const main = useRef<HTMLElement>(null);
  const lastPath = useRef(path);
  useTellPage(route.name === 'product' ? route.itemId : undefined);

  // Who hears the page or uses the keyboard goes on at the new page, not at the link that led to it.
  useEffect(() => {
    if (lastPath.current !== path) main.current?.focus({ preventScroll: true });
    lastPath.current = path;
  }, [path]);

  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <Header route={route} />
      <main id="main" ref={main} tabIndex={-1} key={path}>
        <Page route={route} />
      </main>
      <Footer onConsentOpen={() => setAsking(true)} />
      <div className="notices">
        <ConsentBanner isOpen={isAsking} onAnswer={() => setAsking(false)} />
      </div>
    </>
  );
}

function Page({ route }: { readonly route: Route }) {
  switch (route.name) {
    case 'list':
      return <ListPage query={route.query} departmentSlug={route.departmentSlug} />;
    case 'product':
      return <ProductPage itemId={route.itemId} />;
    case 'cart':
      return <CartPage />;
    case 'unknown':
      return <NotFound />;
  }
}
