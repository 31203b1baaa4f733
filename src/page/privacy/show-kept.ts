import { element } from '../widget/element.js';
import { cutName } from '../widget/sentence.js';
import { fill } from './fill.js';
import type { PrivacyContext } from './privacy-context.js';
import type { KeptItem, KeptSummary } from './summarise.js';

/** Shows what is kept: four numbers, and the newest of each kind. */
export function showKept(kept: KeptSummary, { strings, formats }: PrivacyContext): readonly Node[] {
  if (kept.isEmpty) return [element('p', { part: 'note' }, strings.nothingYet)];
  const facts: readonly (readonly [name: string, value: string])[] = [
    [strings.viewed, formats.number(kept.itemsViewed)],
    [strings.time, formats.duration(kept.dwellMs)],
    [strings.added, formats.number(kept.itemsAdded)],
    [strings.bought, formats.number(kept.itemsBought)],
  ];
  return [
    element('dl', { part: 'facts' }, ...facts.map(([name, value]) => createFact(name, value))),
    element(
      'div',
      { part: 'lists' },
      ...createList(strings.lastViewed, kept.lastViewed, ({ dwellMs, at }) => [
        ...(dwellMs > 0 ? [formats.duration(dwellMs)] : []),
        formats.time(at),
      ]),
      ...createList(strings.lastAdded, kept.lastAdded, ({ at }) => [formats.time(at)]),
      ...createList(strings.purchases, kept.purchases, ({ at, keptUntil }) => [
        formats.date(at),
        ...(keptUntil === undefined ? [] : [fill(strings.until, { date: formats.date(keptUntil) })]),
      ]),
    ),
  ];
}

function createFact(name: string, value: string): HTMLElement {
  return element('div', { part: 'fact' }, element('dt', {}, name), element('dd', {}, value));
}

/** Creates a list; none where there is nothing to list. */
function createList(
  heading: string,
  items: readonly KeptItem[],
  detailsOf: (item: KeptItem) => readonly string[],
): HTMLElement[] {
  if (items.length === 0) return [];
  const lines = items.map((item) =>
    element(
      'li',
      { part: 'item' },
      element('bdi', { part: 'name' }, cutName(item.title)),
      element('span', { part: 'detail' }, detailsOf(item).join(' · ')),
    ),
  );
  // Safari forgets that a list without bullets is one.
  return [element('div', {}, element('h4', {}, heading), element('ol', { part: 'list', role: 'list' }, ...lines))];
}
