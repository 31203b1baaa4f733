// The cart of a theme made like Dawn before standard events: a form that adds by fetch, a drawer, a cart page, re-rendered by sections.
const config = (accept) => ({ method: 'POST', headers: { 'Content-Type': 'application/json', Accept: accept } });
const root = () => window.Shopify.routes.root;
const policy = window.trustedTypes?.createPolicy('theme', { createHTML: (html) => html });
const parse = (html) => new DOMParser().parseFromString(policy?.createHTML(html) ?? html, 'text/html');

/** Puts the section's contents in place of those on the page. */
function replace(target, html, selector) {
  const fresh = parse(html).querySelector(selector);
  if (target && fresh) target.innerHTML = policy?.createHTML(fresh.innerHTML) ?? fresh.innerHTML;
}

class CartRemoveButton extends HTMLElement {
  constructor() {
    super();
    this.addEventListener('click', () =>
      this.closest('cart-items, cart-drawer-items').updateQuantity(Number(this.dataset.index), 0),
    );
  }
}

class CartItems extends HTMLElement {
  constructor() {
    super();
    this.addEventListener('change', ({ target }) => this.updateQuantity(Number(target.dataset.index), Number(target.value)));
  }

  getSectionsToRender() {
    const items = document.getElementById('main-cart-items');
    const footer = document.getElementById('main-cart-footer');
    return [
      { target: items?.querySelector('.js-contents'), section: items?.dataset.id, selector: '.js-contents' },
      { target: footer?.querySelector('.js-contents'), section: footer?.dataset.id, selector: '.js-contents' },
      { target: document.getElementById('cart-icon-bubble'), section: 'cart-icon-bubble', selector: '.shopify-section' },
      { target: document.querySelector('.drawer__inner'), section: 'cart-drawer', selector: '.drawer__inner' },
    ].filter(({ target }) => target);
  }

  async updateQuantity(line, quantity) {
    const sections = this.getSectionsToRender();
    const body = JSON.stringify({
      line,
      quantity,
      sections: sections.map(({ section }) => section),
      sections_url: location.pathname,
    });
    const response = await fetch(`${root()}cart/change`, { ...config('application/json'), body });
    const state = await response.json();
    if (!response.ok) return;
    for (const { target, section, selector } of sections) replace(target, state.sections[section], selector);
    for (const element of document.querySelectorAll('cart-items, cart-drawer, #main-cart-footer'))
      element.classList.toggle('is-empty', state.item_count === 0);
  }
}

class CartDrawer extends HTMLElement {
  connectedCallback() {
    this.querySelector('#CartDrawer-Overlay').addEventListener('click', () => this.classList.remove('active'));
  }

  renderContents(state) {
    this.classList.remove('is-empty');
    replace(this.querySelector('.drawer__inner'), state.sections['cart-drawer'], '.drawer__inner');
    replace(document.getElementById('cart-icon-bubble'), state.sections['cart-icon-bubble'], '.shopify-section');
    this.classList.add('active');
  }
}

class ProductForm extends HTMLElement {
  constructor() {
    super();
    this.querySelector('form').addEventListener('submit', (event) => this.onSubmit(event));
  }

  async onSubmit(event) {
    event.preventDefault();
    const drawer = document.querySelector('cart-drawer');
    const body = new FormData(event.target);
    body.append('sections', ['cart-drawer', 'cart-icon-bubble']);
    body.append('sections_url', location.pathname);
    const headers = { Accept: 'application/javascript', 'X-Requested-With': 'XMLHttpRequest' };
    const response = await fetch(`${root()}cart/add`, { method: 'POST', headers, body });
    const state = await response.json();
    const message = this.querySelector('.product-form__error-message');
    message.hidden = !state.status;
    message.textContent = state.status ? state.description : '';
    if (!state.status) drawer.renderContents(state);
  }
}

customElements.define('cart-remove-button', CartRemoveButton);
customElements.define('cart-items', CartItems);
customElements.define('cart-drawer-items', class extends CartItems {});
customElements.define('cart-drawer', CartDrawer);
customElements.define('product-form', ProductForm);
