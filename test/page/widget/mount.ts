import { expect, vi } from 'vitest';
import type { TillsideSuggestionsElement } from '../../../src/page/widget/suggestions-element.js';
import { type FakeEngine, aFakeEngine } from '../../support/fake-engine.js';
import { aFakeInstance, type FakeInstance } from '../../support/fake-instance.js';

/** A widget on the page, with its tools and its parts in reach. */
export interface MountedWidget {
  readonly host: TillsideSuggestionsElement;
  readonly instance: FakeInstance;
  readonly engine: FakeEngine;
  ids(): (string | undefined)[];
  /** a part of the card of an item */
  part(name: string, itemId: string): HTMLElement;
  /** a part of the widget */
  find(name: string): HTMLElement | null;
  status(): string | undefined;
}

/** Puts a widget on the page and waits until its cards have their tools. */
export async function mountWidget(
  engine: FakeEngine = aFakeEngine(),
  set: { html?: string; locale?: string; attributes?: Record<string, string>; prepare?(instance: FakeInstance): void } = {},
): Promise<MountedWidget> {
  const instance: FakeInstance = Object.assign(aFakeInstance(engine), set.locale && { locale: set.locale });
  set.prepare?.(instance);
  const host = document.createElement('tillside-suggestions');
  for (const [name, value] of Object.entries(set.attributes ?? {})) host.setAttribute(name, value);
  host.innerHTML = set.html ?? '';
  host.tillside = instance;
  document.body.append(host);
  const find = (name: string) => host.shadowRoot?.querySelector<HTMLElement>(`[part~=${name}]`) ?? null;
  await vi.waitFor(() => expect(find('dismiss')).not.toBeNull());
  const cards = () => [...(host.shadowRoot?.querySelectorAll('li[data-item-id]') ?? [])] as HTMLElement[];
  return {
    host,
    instance,
    engine,
    find,
    ids: () => cards().map((card) => card.dataset['itemId']),
    part: (name, itemId) => {
      const card = `li[data-item-id="${itemId}"]`;
      return host.shadowRoot?.querySelector(name === 'card' ? card : `${card} [part~=${name}]`) as HTMLElement;
    },
    status: () => host.shadowRoot?.querySelector('[role=status]')?.textContent?.trim(),
  };
}
