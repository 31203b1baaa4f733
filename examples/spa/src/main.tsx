import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { loadCatalog } from '../../gift-shop/catalog/app-catalog.js';
import { CatalogContext } from './use-catalog.js';
import { catalogUrl, followLink } from './router.js';
import './tillside.js';

const home = document.querySelector('#app') as HTMLElement;
const root = createRoot(home);

try {
  const catalog = await loadCatalog(catalogUrl);
  document.addEventListener('click', followLink);
  root.render(
    <StrictMode>
      <CatalogContext value={catalog}>
        <App />
      </CatalogContext>
    </StrictMode>,
  );
} catch (error) {
  console.error(error);
  root.render(<p className="app-notice">The shop could not be opened. Reload the page to try again.</p>);
}
