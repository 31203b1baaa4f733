// The shopper's answer to suggestions: asked once, kept by the shop, told to tillside on every page.
import { keep, readKept } from './kept.js';

const KEY = 'shop.consent';
const ANSWERS = ['granted', 'denied'];

/** @returns {'granted' | 'denied' | undefined} */
export function readConsent() {
  const answer = readKept(KEY);
  return ANSWERS.includes(answer) ? answer : undefined;
}

export function startConsentBanner() {
  const banner = document.querySelector('[data-consent-banner]');
  tellTillside();
  banner.hidden = readConsent() !== undefined;
  let opener;
  document.addEventListener('click', (event) => {
    const open = event.target.closest('[data-consent-open]');
    if (open) {
      opener = open;
      banner.hidden = false;
      banner.querySelector('button').focus();
    }
    const answer = event.target.closest('button[data-consent]')?.dataset.consent;
    if (!answer) return;
    keep(KEY, answer);
    tellTillside();
    banner.hidden = true;
    opener?.focus();
    opener = undefined;
  });
  window.addEventListener('storage', ({ key }) => {
    if (key !== KEY) return;
    tellTillside();
    banner.hidden = readConsent() !== undefined;
  });
}

function tellTillside() {
  const answer = readConsent();
  if (answer) window.tillside?.('consent', answer);
}
