import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { definePrivacy } from '../../../src/page/privacy/define-privacy.js';
import type { TillsidePrivacyElement } from '../../../src/page/privacy/privacy-element.js';
import { aGate } from '../../support/a-gate.js';
import { aFakeEngine } from '../../support/fake-engine.js';
import { aFakeInstance, type FakeInstance } from '../../support/fake-instance.js';

beforeAll(definePrivacy);
afterEach(() => document.body.replaceChildren());

const DAY = 20_000;
const DATA = {
  exportedAt: '2026-01-02T03:04:05.000Z',
  events: [
    { eventId: '1', seq: 1, type: 'view_item', itemId: 'cup', occurredAt: 1_767_323_045_000 },
    { eventId: '2', seq: 2, type: 'add_to_cart', itemId: 'cup', occurredAt: 1_767_323_046_000 },
  ],
  purchases: [{ itemId: 'plate', day: DAY }],
  titles: { cup: '<b>Cup</b> \u05DB\u05D5\u05E1', plate: 'Plate' },
  session: {},
  meta: { retention: { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 } },
} as const;

function mount(instance: FakeInstance, heading?: string): TillsidePrivacyElement {
  const host = document.createElement('tillside-privacy');
  if (heading) host.heading = heading;
  host.tillside = instance;
  document.body.append(host);
  return host;
}

async function mountShown(instance = withData()): Promise<TillsidePrivacyElement> {
  const host = mount(instance);
  await vi.waitFor(() => expect(partsOf(host, 'fact')).toHaveLength(4));
  return host;
}

function withData(): FakeInstance {
  const engine = aFakeEngine();
  return aFakeInstance({ ...engine, exportData: async () => DATA });
}

const rootOf = (host: Element) => host.shadowRoot as ShadowRoot;
const partsOf = (host: Element, part: string) => [...rootOf(host).querySelectorAll<HTMLElement>(`[part~=${part}]`)];
const textOf = (host: Element, part: string) => partsOf(host, part)[0]?.textContent;
const click = (host: Element, part: string) => partsOf(host, part)[0]?.click();
const isShown = (host: Element, panel: string) =>
  rootOf(host).querySelector<HTMLElement>(`[data-panel=${panel}]`)?.hidden === false;

describe('<tillside-privacy>', () => {
  it('shows what is kept: numbers, names as text, and until when', async () => {
    const host = await mountShown();
    expect(partsOf(host, 'fact').map(({ textContent }) => textContent)).toEqual([
      'Items viewed1',
      'Time spent0 secs',
      'Added to cart1',
      'Items bought1',
    ]);
    expect(partsOf(host, 'name').map(({ textContent }) => textContent)).toEqual([DATA.titles.cup, DATA.titles.cup, 'Plate']);
    expect(partsOf(host, 'detail').at(-1)?.textContent).toContain('kept until');
    expect(partsOf(host, 'heading')[0]?.textContent).toBe('What this device remembers');
  });

  it.each(['pending', 'denied'] as const)(
    'says that nothing is kept while consent is %s, and asks the engine for nothing',
    async (state) => {
      const engine = aFakeEngine();
      const exportData = vi.fn(engine.exportData);
      const host = mount(aFakeInstance({ ...engine, exportData }, state));
      expect(isShown(host, 'offer')).toBe(true);
      expect(isShown(host, 'notes')).toBe(false);
      expect(rootOf(host).querySelector('[data-panel=offer] h3')?.textContent).toBe('Nothing is kept on this device.');
      await vi.waitFor(() => expect(isShown(host, 'proof')).toBe(true));
      expect(exportData).not.toHaveBeenCalled();
    },
  );

  it('allows, and denies, by its switch', async () => {
    const instance = aFakeInstance(aFakeEngine(), 'pending');
    const host = mount(instance);
    const toggle = partsOf(host, 'switch')[0] as HTMLElement;
    toggle.focus();
    await userEvent.keyboard(' ');
    expect([instance.consentState, toggle.getAttribute('aria-checked')]).toEqual(['granted', 'true']);
    await userEvent.keyboard('{Enter}');
    expect([instance.consentState, toggle.getAttribute('aria-checked')]).toEqual(['denied', 'false']);
    expect(textOf(host, 'status')).toContain('Switched off.');
  });

  it.each([
    ['de-AT', 'de', '', 'Was dieses Gerät sich merkt', 'Notizen löschen'],
    ['he', 'he', 'rtl', 'מה המכשיר הזה זוכר', 'מחיקת ההערות'],
    ['fi', 'en', '', 'What this device remembers', 'Erase the notes'],
  ])('speaks to a shopper of %s in %s', async (locale, language, direction, heading, erase) => {
    const host = await mountShown(Object.assign(withData(), { locale }));
    const section = partsOf(host, 'section')[0];
    expect([section?.lang, section?.dir, textOf(host, 'heading'), textOf(host, 'erase')]).toEqual([
      language,
      direction,
      heading,
      erase,
    ]);
    // A name of the other direction stands where the others do.
    const [name, item] = ['name', 'item'].map((part) => partsOf(host, part)[2]?.getBoundingClientRect());
    const side = direction === 'rtl' ? 'right' : 'left';
    expect(name?.[side]).toBeCloseTo(item?.[side] ?? 0, 0);
  });

  it.each([
    ['all', 'Das Bild eines Vorschlags'],
    ['sprite', 'Alle Bilder kommen auf einem Bogen'],
    ['none', 'Es werden keine Bilder geladen'],
  ] as const)('says in the language what images: %s means', async (images, words) => {
    const channels = [
      { name: 'card-images', isOn: images === 'all', how: 'in English' },
      { name: 'integrations', isOn: true, how: 'in English' },
    ] as const;
    const receipt = async () => ({ requests: [], behaviourBytesSent: 0, channels }) as const;
    const host = mount(Object.assign(withData(), { locale: 'de', images, receipt }));
    await vi.waitFor(() => expect(partsOf(host, 'channel')).toHaveLength(2));
    const [pictures, integrations] = partsOf(host, 'channel').map(({ textContent }) => textContent);
    expect(pictures).toContain(words);
    expect(integrations).toContain('Der Statistik des Shops wird gemeldet');
  });

  it.each([
    ['en', 'in English: tillside_arm: holdout'],
    ['de', 'Warenkorb und Bestellung tragen sie: tillside_arm: holdout'],
    ['ja', 'tillside_arm: holdout'],
  ])('names what the order carries, in %s', async (locale, words) => {
    const attribute = 'tillside_arm: holdout';
    const channels = [{ name: 'order-attribute', isOn: true, how: `in English: ${attribute}`, attribute }] as const;
    const receipt = async () => ({ requests: [], behaviourBytesSent: 0, channels }) as const;
    const host = mount(Object.assign(withData(), { locale, receipt }));
    await vi.waitFor(() => expect(partsOf(host, 'channel')[0]?.textContent).toContain(words));
  });

  it('shows nothing when it is gone before its words have come', async () => {
    const instance = Object.assign(withData(), { locale: 'sv' });
    const exportData = vi.spyOn(instance, 'exportData');
    const host = mount(instance);
    host.remove();
    await import('../../../src/page/privacy/privacy-locale/sv.js');
    await new Promise((resolve) => setTimeout(resolve));
    expect(host.shadowRoot).toBeNull();
    expect(exportData).not.toHaveBeenCalled();
  });

  it('says so where a consent platform keeps saying no', () => {
    const instance = aFakeInstance(aFakeEngine(), 'denied');
    instance.consent = () => {};
    const host = mount(instance);
    click(host, 'allow');
    expect(textOf(host, 'status')).toContain('cookie settings of this shop say no');
    expect(partsOf(host, 'switch')[0]?.getAttribute('aria-checked')).toBe('false');
  });

  it('leaves nothing of the notes in the document when consent is withdrawn', async () => {
    const instance = withData();
    const host = await mountShown(instance);
    const gate = aGate();
    const asked = vi.spyOn(instance, 'exportData').mockImplementation(() => gate.promise.then(() => DATA));
    instance.change();
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    instance.setConsent('denied');
    expect(rootOf(host).textContent).not.toContain('Plate');
    gate.open(); // what was being read comes in too late
    await asked.mock.results[0]?.value;
    expect(rootOf(host).textContent).not.toContain('Plate');
  });

  it('erases once the shopper said yes, and not before', async () => {
    const instance = withData();
    const erase = vi.fn(async () => {});
    const host = await mountShown(Object.assign(instance, { erase }));
    click(host, 'erase');
    click(host, 'no');
    expect(erase).not.toHaveBeenCalled();
    click(host, 'erase');
    click(host, 'yes');
    await vi.waitFor(() => expect(textOf(host, 'status')).toContain('Everything is erased.'));
    expect(erase).toHaveBeenCalledOnce();
  });

  it('says when erasing failed, and tells the shop why', async () => {
    const instance = Object.assign(withData(), { erase: () => Promise.reject(new Error('disk')) });
    const host = await mountShown(instance);
    click(host, 'erase');
    click(host, 'yes');
    await vi.waitFor(() => expect(textOf(host, 'status')).toContain('did not work'));
    expect(instance.problems.map(({ code }) => code)).toEqual(['widget-failed']);
  });

  it('reads again after a change', async () => {
    const instance = withData();
    const exportData = vi.spyOn(instance, 'exportData');
    await mountShown(instance);
    const before = exportData.mock.calls.length;
    instance.change();
    instance.change();
    await vi.waitFor(() => expect(exportData.mock.calls.length).toBe(before + 1));
  });

  it('stops listening when it leaves the document, and goes on when it is put back', async () => {
    const instance = withData();
    const host = await mountShown(instance);
    host.remove();
    await Promise.resolve();
    instance.setConsent('denied');
    expect(isShown(host, 'notes')).toBe(true); // nobody looks
    document.body.append(host);
    expect(isShown(host, 'notes')).toBe(false);
  });

  it('has no accessibility violation, left to right and right to left', async () => {
    const host = await mountShown();
    for (const dir of ['ltr', 'rtl']) {
      host.dir = dir;
      const { violations } = await axe.run(host);
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
  });
});
