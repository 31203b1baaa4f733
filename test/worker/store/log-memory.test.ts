import { expect, it } from 'vitest';
import { createLogMemory, remember } from '../../../src/worker/store/log-memory.js';
import { aLog } from '../../support/an-event.js';

it('knows the newest two thousand ids, however long a visit is', () => {
  const memory = createLogMemory();
  const log = aLog(Array.from({ length: 5_000 }, (_, i) => ({ eventId: `e${i}` })));
  for (let from = 0; from < log.length; from += 20)
    remember(memory, { log: undefined, events: log.slice(Math.max(0, from - 60), from + 20), lastChunk: from + 1 });
  expect([...memory.eventIds]).toEqual(log.slice(-2_000).map((event) => event.eventId));
});
