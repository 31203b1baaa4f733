// Shopify's Customer Privacy API: there only once somebody has asked for it by loadFeatures.
(() => {
  let preferences = '';
  const customerPrivacy = {
    preferencesProcessingAllowed: () => preferences === 'yes',
    analyticsProcessingAllowed: () => preferences === 'yes',
    currentVisitorConsent: () => ({ marketing: preferences, analytics: preferences, preferences, sale_of_data: '' }),
  };
  window.Shopify = {
    shop: 'gift-shop.myshopify.com',
    loadFeatures(features, callback) {
      const isKnown = features.every(({ name, version }) => name === 'consent-tracking-api' && version === '0.1');
      queueMicrotask(() => {
        if (isKnown) window.Shopify.customerPrivacy = customerPrivacy;
        callback(isKnown ? undefined : new Error('There is no such feature.'));
      });
    },
  };
  showBanner((isGranted) => {
    preferences = isGranted ? 'yes' : 'no';
    const detail = {
      preferencesAllowed: isGranted,
      analyticsAllowed: isGranted,
      marketingAllowed: isGranted,
      saleOfDataAllowed: isGranted,
    };
    document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail }));
  });
})();
