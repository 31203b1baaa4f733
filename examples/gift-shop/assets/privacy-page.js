// The privacy page: what tillside says of itself, what it keeps, and the way to erase that.

const TIERS = {
  model: 'a small model weighs what you did here',
  neighbours: 'what is often bought together decides',
  popularity: 'what everybody buys decides',
  none: 'nothing can be suggested yet',
};
const LOAD_WAIT_MS = 5_000;

const BUT_THE_SHOP = 'Nothing about you is kept but your cart and your last order.';

const find = (selector) => document.querySelector(selector);
const status = find('[data-privacy-status]');
const shown = find('[data-privacy-data]');
let downloadUrl;

/** Resolves with tillside once its script has loaded; rejects if it does not. */
function tillsideLoaded() {
  const isLoaded = () => typeof window.tillside === 'function' && 'version' in window.tillside;
  if (isLoaded()) return Promise.resolve(window.tillside);
  const script = find('script[data-bundle]');
  return new Promise((resolve, reject) => {
    const settle = () => (isLoaded() ? resolve(window.tillside) : reject(new Error('The suggestions script has not loaded.')));
    for (const type of ['load', 'error']) script?.addEventListener(type, settle);
    setTimeout(settle, LOAD_WAIT_MS);
  });
}

async function showStatus(tillside) {
  const { consent, engine } = await tillside.status();
  if (consent !== 'granted') {
    const answer = consent === 'denied' ? 'Suggestions are off.' : 'You have not answered yet.';
    status.textContent = `${answer} ${BUT_THE_SHOP}`;
    shown.hidden = true;
    return;
  }
  if (!engine) {
    status.textContent = 'Suggestions are on, and just starting.';
    return;
  }
  const where = engine.where === 'worker' ? 'in the background' : 'in this page';
  const kept = engine.store === 'indexeddb' ? 'kept in this browser' : 'kept until this page is closed';
  status.textContent = `Suggestions are on: ${TIERS[engine.strategy]}, ${where}; what it knows is ${kept}.`;
}

async function showData(tillside) {
  const data = JSON.stringify(await tillside.exportData(), null, 2);
  shown.querySelector('pre').textContent = data;
  URL.revokeObjectURL(downloadUrl);
  downloadUrl = URL.createObjectURL(new Blob([data], { type: 'application/json' }));
  find('[data-privacy-download]').href = downloadUrl;
  shown.hidden = false;
}

async function erase(tillside) {
  await tillside.forget();
  shown.hidden = true;
  status.textContent = `Erased. ${BUT_THE_SHOP}`;
}

function onPress(selector, tillside, action) {
  find(selector).addEventListener('click', () => {
    action(tillside).catch(({ code }) => {
      status.textContent =
        code === 'consent-required' ? 'Suggestions are off: there is nothing kept.' : 'That did not work. Please try again.';
    });
  });
}

try {
  const tillside = await tillsideLoaded();
  onPress('[data-privacy-export]', tillside, showData);
  onPress('[data-privacy-erase]', tillside, erase);
  const follow = () => void showStatus(tillside);
  for (const type of ['ready', 'consent']) tillside.on(type, follow);
  await showStatus(tillside);
} catch {
  status.textContent = 'The suggestions script has not loaded: it can keep nothing on this page.';
}
