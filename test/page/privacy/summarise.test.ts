import { describe, expect, it } from 'vitest';
import type { InteractionEvent } from '../../../src/core/domain/event.js';
import type { ExportedData } from '../../../src/core/engine/contract.js';
import { createFormats } from '../../../src/page/privacy/formats.js';
import { summarise } from '../../../src/page/privacy/summarise.js';
import { aLog, anEvent } from '../../support/an-event.js';

const RETENTION = { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 };
const DAY_MS = 86_400_000;

function anExport(events: readonly Partial<InteractionEvent>[], over: Partial<ExportedData> = {}): ExportedData {
  return { exportedAt: '2026-01-01T00:00:00.000Z', events: aLog(events), purchases: [], session: {}, meta: {}, ...over };
}

describe('summarise', () => {
  it('counts items once and adds up the time with each', () => {
    const summary = summarise(
      anExport([
        { type: 'view_item', itemId: 'cup' },
        { type: 'dwell', itemId: 'cup', dwellMs: 4_000 },
        { type: 'view_item', itemId: 'plate' },
        { type: 'view_item', itemId: 'cup' },
        { type: 'dwell', itemId: 'cup', dwellMs: 1_000 },
        { type: 'add_to_cart', itemId: 'cup' },
      ]),
    );
    expect(summary).toMatchObject({ itemsViewed: 2, dwellMs: 5_000, itemsAdded: 1, itemsBought: 0, isEmpty: false });
    expect(summary.lastViewed.map(({ itemId, dwellMs }) => [itemId, dwellMs])).toEqual([
      ['cup', 5_000],
      ['plate', 0],
    ]);
  });

  it('lists the five newest, by their titles', () => {
    const views = ['a', 'b', 'c', 'd', 'e', 'f'].map((itemId) => ({ type: 'view_item', itemId }) as const);
    const { lastViewed, itemsViewed } = summarise(anExport(views, { titles: { f: 'Fork' } }));
    expect(itemsViewed).toBe(6);
    expect(lastViewed.map(({ title }) => title)).toEqual(['Fork', 'e', 'd', 'c', 'b']);
  });

  it('says until when a purchase is kept', () => {
    const { purchases } = summarise(
      anExport([], { purchases: [{ itemId: 'cup', day: 20_000 }], meta: { retention: RETENTION } }),
    );
    expect(purchases).toMatchObject([{ itemId: 'cup', at: 20_000 * DAY_MS, keptUntil: 20_396 * DAY_MS }]);
  });

  it('counts what is on its way to the log, once', () => {
    const data = anExport([{ type: 'view_item', itemId: 'cup', eventId: 'sent' }]);
    const unsent = [anEvent({ eventId: 'sent', itemId: 'cup' }), anEvent({ eventId: 'waiting', itemId: 'plate' })];
    expect(summarise({ ...data, meta: { unsent } }).lastViewed.map(({ itemId }) => itemId)).toEqual(['plate', 'cup']);
  });

  it('is empty of nothing alone', () => {
    expect(summarise(anExport([])).isEmpty).toBe(true);
    expect(summarise(anExport([{ type: 'search' }])).isEmpty).toBe(false);
    expect(summarise(anExport([], { purchases: [{ itemId: 'cup', day: 1 }] })).isEmpty).toBe(false);
  });
});

describe('createFormats', () => {
  it("writes in the reader's language, and in some language where there is none of that name", () => {
    const german = createFormats('de');
    expect([german.duration(45_000), german.duration(600_000), german.duration(5_400_000)]).toEqual([
      '45 Sek.',
      '10 Min.',
      '1,5 Std.',
    ]);
    expect([german.span(7), german.span(396)]).toEqual(['7 Tage', '13 Monate']);
    expect(createFormats('en').bytes(0)).toBe('0 bytes');
    for (const odd of ['no-such_locale', '', 'x', undefined]) expect(createFormats(odd).number(3)).toBeTruthy();
  });
});
