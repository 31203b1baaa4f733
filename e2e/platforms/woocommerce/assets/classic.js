// What WooCommerce's add-to-cart.js, cart-fragments.js, cart.js and add-to-cart-variation.js do on a classic theme's page.
jQuery(($) => {
  const params = window.wc_add_to_cart_params;
  const urlOf = (endpoint) => params.wc_ajax_url.replace('%%endpoint%%', endpoint);
  const post = async (url, fields) => (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).json();
  const show = (fragments) => {
    for (const [selector, html] of Object.entries(fragments)) {
      for (const element of document.querySelectorAll(selector)) element.outerHTML = html;
    }
  };
  const refreshFragments = async () => {
    show((await post(urlOf('get_refreshed_fragments'), { time: '1' })).fragments);
    $(document.body).trigger('wc_fragments_refreshed');
  };

  $(document.body).on('click', '.ajax_add_to_cart', function (event) {
    event.preventDefault();
    const $button = $(this);
    post(urlOf('add_to_cart'), { ...this.dataset }).then((response) => {
      if (response.error) location.assign(response.product_url);
      else $(document.body).trigger('added_to_cart', [response.fragments, response.cart_hash, $button]);
    });
  });
  $(document.body).on('click', '.remove_from_cart_button', function (event) {
    event.preventDefault();
    const $link = $(this);
    post(urlOf('remove_from_cart'), { cart_item_key: $link.data('cart_item_key') }).then((response) => {
      $(document.body).trigger('removed_from_cart', [response.fragments, response.cart_hash, $link]);
    });
  });
  $(document.body).on('added_to_cart removed_from_cart', (_event, fragments) => show(fragments));
  $(document.body).on('wc_fragment_refresh updated_wc_div', () => void refreshFragments());
  void refreshFragments();

  if (!document.querySelector('.woocommerce-cart')) return;
  const updateCart = async (body) => {
    const html = await (await fetch(location.href, body ? { method: 'POST', body } : {})).text();
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    if (!document.querySelector('.woocommerce-cart-form')) return location.reload();
    document.querySelector('main .woocommerce').replaceWith(fresh.querySelector('main .woocommerce'));
    $(document.body).trigger(fresh.querySelector('.woocommerce-cart-form') ? 'updated_wc_div' : 'wc_cart_emptied');
  };
  $(document).on('wc_update_cart added_to_cart', () => void updateCart());
  $(document).on('submit', '.woocommerce-cart-form', function (event) {
    event.preventDefault();
    void updateCart(new URLSearchParams(new FormData(this)));
  });
});

jQuery(($) => {
  const form = document.querySelector('.variations_form');
  if (!form) return;
  const variations = JSON.parse(form.dataset.product_variations);
  form.querySelector('select').addEventListener('change', ({ target }) => {
    const variation = variations.find(({ attributes }) => attributes.attribute_pattern === target.value);
    form.querySelector('[name="variation_id"]').value = variation?.variation_id ?? 0;
    form.querySelector('[type="submit"]').disabled = !variation;
    if (variation) $(form).trigger('found_variation', [variation]);
  });
});
