import { expect, it } from 'vitest';
import type { InteractionEvent } from '../../../src/core/domain/event.js';
import { takeEvents } from '../../../src/core/engine/take-events.js';
import { anEvent } from '../../support/an-event.js';

function anEngine() {
  const kept: InteractionEvent[] = [];
  return {
    kept,
    async record(events: readonly InteractionEvent[]) {
      kept.push(...events);
      return { eventIds: events.map(({ eventId }) => eventId), seq: kept.length, cart: [], diagnostics: [] };
    },
  };
}

it('records what is an event, acknowledges all and says what is wrong with the others', async () => {
  const engine = anEngine();
  const good = anEvent();
  const receipt = await takeEvents(engine, [{ ...good, eventId: 'bad', price: -1 }, good, null, 'text']);
  expect(engine.kept).toEqual([good]);
  expect(receipt.eventIds).toEqual([good.eventId, 'bad']);
  expect(receipt.refusals).toEqual([
    'price is -1. Pass a number from 0 to 1000000000.',
    'The event is null. Pass an object with a type.',
    'The event is "text". Pass an object with a type.',
  ]);
});

it('acknowledges nothing that the engine did not keep', async () => {
  const engine = { record: () => Promise.reject(new Error('the disk is full')) };
  await expect(takeEvents(engine, [anEvent(), null])).rejects.toThrow('the disk is full');
});

it.each([null, 'all', { length: 1 }])('takes a list, not %j', async (batch) => {
  await expect(takeEvents(anEngine(), batch)).rejects.toMatchObject({ code: 'invalid-event' });
});
