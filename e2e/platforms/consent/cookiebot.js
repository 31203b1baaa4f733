// Cookiebot: one object whose properties change, and events on the window.
(() => {
  const cookiebot = {
    hasResponse: false,
    consented: false,
    declined: false,
    consent: { necessary: true, preferences: false, statistics: false, marketing: false, method: null },
  };
  window.Cookiebot = cookiebot;
  showBanner((isGranted) => {
    Object.assign(cookiebot, { hasResponse: true, consented: isGranted, declined: !isGranted });
    Object.assign(cookiebot.consent, { preferences: isGranted, statistics: isGranted, marketing: isGranted, method: 'explicit' });
    for (const type of ['CookiebotOnConsentReady', isGranted ? 'CookiebotOnAccept' : 'CookiebotOnDecline']) {
      window.dispatchEvent(new Event(type));
    }
  });
})();
