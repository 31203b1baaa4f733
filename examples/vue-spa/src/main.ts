import { createApp } from 'vue';
import App from './app.vue';
import { loadCatalog } from '../../gift-shop/catalog/app-catalog.js';
import { catalogKey } from './use-catalog.js';
import { catalogUrl, followLink } from './router.js';
import { tillsidePlugin } from './tillside.js';

try {
  const catalog = await loadCatalog(catalogUrl);
  document.addEventListener('click', followLink);
  createApp(App).provide(catalogKey, catalog).use(tillsidePlugin).mount('#app');
} catch (error) {
  console.error(error);
  const notice = document.querySelector('.app-notice');
  if (notice) notice.textContent = 'The shop could not be opened. Reload the page to try again.';
}
