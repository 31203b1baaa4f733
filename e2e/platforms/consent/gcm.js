// Google consent mode v2 as a shop's own snippet: defaults first, an update for each answer.
(() => {
  window.dataLayer = window.dataLayer || [];
  function gtag() {
    // biome-ignore lint/complexity/noArguments: gtag pushes the arguments object itself.
    window.dataLayer.push(arguments);
  }
  const all = (value) => ({
    ad_storage: value,
    ad_user_data: value,
    ad_personalization: value,
    analytics_storage: value,
    functionality_storage: value,
    personalization_storage: value,
  });
  gtag('consent', 'default', { ...all('denied'), region: ['ES', 'US-AK'], wait_for_update: 500 });
  gtag('consent', 'default', all('granted'));
  window.dataLayer.push({ event: 'page_view' });
  showBanner((isGranted) => gtag('consent', 'update', all(isGranted ? 'granted' : 'denied')));
})();
