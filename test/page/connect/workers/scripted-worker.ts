// An engine without a model that does what a request's placement says; its name says which one it is: "1", "2", …
import type { InteractionEvent } from '../../../../src/core/domain/event.js';
import { CONTRACT_VERSION, type EngineConfig, type RecommendRequest } from '../../../../src/core/engine/contract.js';
import { TillsideError } from '../../../../src/core/errors.js';
import { serveCalls } from '../../../../src/worker/serve-calls.js';

const which = Number(self.name);
const recorded: string[] = [];
let starts = 0;

function hang(): never {
  for (;;);
}

function closed(): Promise<never> {
  self.close();
  return new Promise(() => {});
}

const status = () => ({
  contractVersion: CONTRACT_VERSION,
  version: String(which),
  where: 'worker',
  store: 'memory',
  strategy: 'none',
  cart: [],
  seq: starts,
  diagnostics: [],
});

const api = {
  ping: () => CONTRACT_VERSION,
  start({ manifestUrl }: EngineConfig) {
    starts += 1;
    return manifestUrl.includes('staged') ? { ...status(), bundle: { isFirstStage: true } } : status();
  },
  complete: status,
  record(events: readonly InteractionEvent[]) {
    if (events.some((event) => event.itemId === 'die-first') && which === 1) return closed();
    recorded.push(...events.map((event) => event.eventId));
    return { eventIds: [...recorded], seq: recorded.length, cart: [] };
  },
  recommend({ placement = '' }: RecommendRequest) {
    const [what, until = '9'] = placement.split(' ');
    const isMine = which <= Number(until);
    if (what === 'throw') throw new TillsideError('id-mismatch', 'none of the ids is known');
    if (what === 'throw-later')
      setTimeout(() => {
        throw new Error('thrown by a timer');
      });
    if (what === 'hang' && isMine) hang();
    if (what === 'close' && isMine) return closed();
    if (what === 'never') return new Promise(() => {});
    return { slateId: String(which), strategy: 'none', items: [], seq: starts, latencyMs: 0 };
  },
  status,
  stop: () => undefined,
};

serveCalls(api, self as never);
