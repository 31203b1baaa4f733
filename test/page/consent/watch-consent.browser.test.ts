import { expect, it, onTestFinished } from 'vitest';
import { gtagCall, PLATFORMS, TC_DATA, watching } from './fake-platforms.js';

const NAMES = Object.keys(PLATFORMS);

function put(html: string): void {
  const host = document.createElement('div');
  host.innerHTML = html;
  document.body.append(host);
  onTestFinished(() => {
    host.remove();
    for (const name of [...NAMES, 'queue', 'OneTrust']) Reflect.deleteProperty(window, name);
  });
}

function watch() {
  const watched = watching(window);
  onTestFinished(watched.stop);
  return watched;
}

/** A script that comes and runs like any other, from a URL. */
function run(source: string): Promise<void> {
  const script = document.createElement('script');
  script.src = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  document.body.append(script);
  onTestFinished(() => script.remove());
  return new Promise((loaded) => script.addEventListener('load', () => loaded()));
}

it.each([
  [
    'a form',
    (name: string) => `<form id="${name}"><input name="consent"><input name="customerPrivacy"><input name="push"></form>`,
  ],
  ['a link with a telling URL', (name: string) => `<a id="${name}" href="https://x.test/,C0003,"></a>`],
  ['two links', (name: string) => `<a id="${name}"></a><a id="${name}" name="consent"></a><a id="${name}" name="forEach"></a>`],
  ['a frame', (name: string) => `<iframe name="${name}" srcdoc="<a id=consent></a><a id=preferences></a>"></iframe>`],
] as const)('%s that is called like a platform grants nothing, and is left as it is', (_title, html) => {
  put(NAMES.map(html).join(''));
  const before = document.body.innerHTML;
  const { told, answer, stop } = watch();
  answer('granted');
  dispatchEvent(new Event('CookiebotOnAccept'));
  expect(told).toEqual([]);
  stop();
  expect(document.body.innerHTML).toBe(before);
});

it('notices a stub that a late script installs by the locator frame it needs', async () => {
  put('');
  const { told } = watch();
  await run(`
    window.queue = [];
    window.__tcfapi = (...call) => queue.push(call);
    document.body.append(Object.assign(document.createElement('iframe'), { name: '__tcfapiLocator', hidden: true }));`);
  const { queue } = window as unknown as { queue: [string, number, (data: object, success: boolean) => void][] };
  expect(queue).toHaveLength(1);
  queue[0]?.[2]({ ...TC_DATA.granted, listenerId: 1 }, true);
  expect(told).toEqual(['granted']);
});

it.each([
  [
    'Shopify',
    'window.Shopify = { customerPrivacy: { preferencesProcessingAllowed: () => true, currentVisitorConsent: () => ({ preferences: "yes" }) } }',
  ],
  ['OneTrust', 'window.OnetrustActiveGroups = ",C0001,C0003,"'],
  ['Cookiebot', 'window.Cookiebot = { hasResponse: true, consent: { preferences: true } }'],
  [
    'a data layer',
    'window.dataLayer = []; (function () { dataLayer.push(arguments) })("consent", "update", { personalization_storage: "granted" })',
  ],
])('notices %s when its script has run, without any event of its own', async (_name, source) => {
  put('');
  const { told } = watch();
  await run(source);
  expect(told).toEqual(['granted']);
});

it('hears an event that the platform dispatches on the document and lets not bubble', () => {
  put('');
  const { told } = watch();
  Object.assign(window, PLATFORMS['Shopify']?.('denied'));
  document.dispatchEvent(new CustomEvent('visitorConsentCollected', { bubbles: false }));
  expect(told).toEqual(['denied']);
});

it('leaves no listener and no hook behind', async () => {
  put('');
  const dataLayer: unknown[] = [];
  Object.assign(window, { dataLayer });
  const { told, stop } = watch();
  stop();
  expect(dataLayer.push).toBe(Array.prototype.push);
  dataLayer.push(gtagCall('consent', 'update', { personalization_storage: 'granted' }));
  await run('window.Cookiebot = { hasResponse: true, consent: { preferences: true } }');
  dispatchEvent(new Event('CookiebotOnAccept'));
  expect(told).toEqual([]);
});
