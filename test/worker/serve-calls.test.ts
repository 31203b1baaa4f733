import { type Remote, transferHandlers, wrap } from 'comlink';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TillsideError } from '../../src/core/errors.js';
import { serveCalls } from '../../src/worker/serve-calls.js';

const api = {
  calls: [] as unknown[],
  add: async (a: number, b: number) => a + b,
  say(value: unknown) {
    api.calls.push(value);
  },
  async fail(): Promise<void> {
    throw new TillsideError('id-mismatch', 'none is known');
  },
  unclonable: () => () => {},
};
const { calls, ...methods } = api;

let channel: MessageChannel;
let remote: Remote<typeof methods>;
beforeEach(() => {
  calls.length = 0;
  channel = new MessageChannel();
  serveCalls(methods, channel.port1);
  channel.port1.start();
  remote = wrap<typeof methods>(channel.port2);
});
afterEach(() => channel.port1.close());

it('answers calls that comlink makes', async () => {
  expect(await Promise.all([remote.add(1, 2), remote.add(3, 4)])).toEqual([3, 7]);
  await remote.say(undefined);
  expect(calls).toEqual([undefined]);
});

it('answers an error with its code, and an answer that cannot be cloned with an error', async () => {
  const packed: unknown[] = [];
  channel.port2.addEventListener('message', ({ data }) => packed.push(data));
  const { deserialize } = transferHandlers.get('throw') as { deserialize(value: unknown): unknown };
  expect(deserialize).toBeTypeOf('function');
  remote.fail().catch(() => {});
  remote.unclonable().catch(() => {});
  await remote.add(0, 0);
  expect(packed.slice(0, 2)).toMatchObject([
    {
      type: 'HANDLER',
      name: 'throw',
      value: { isError: true, value: { name: 'TillsideError', code: 'id-mismatch', message: 'none is known' } },
    },
    {
      type: 'HANDLER',
      name: 'throw',
      value: { isError: true, value: { message: expect.stringContaining('could not be cloned') } },
    },
  ]);
});

it('calls nothing for any other message', async () => {
  const raw = { type: 'RAW', value: 1 };
  const call = { id: 'x', type: 'APPLY', path: ['say'], argumentList: [raw] };
  const odd = fc.oneof(
    fc.anything(),
    fc.constantFrom('GET', 'SET', 'CONSTRUCT', 'ENDPOINT', 'RELEASE').map((type) => ({ ...call, type })),
    fc.constantFrom(['constructor'], ['__proto__', 'say'], [], ['say', 'call'], 'say').map((path) => ({ ...call, path })),
    fc
      .constantFrom([{ type: 'HANDLER', name: 'proxy', value: 1 }], 'abc', [null], undefined)
      .map((list) => ({ ...call, argumentList: list })),
    fc.constantFrom(undefined, 7).map((id) => ({ ...call, id })),
  );
  for (const message of fc.sample(odd, 300)) {
    try {
      channel.port2.postMessage(message);
    } catch {
      // what cannot be cloned never arrives
    }
  }
  await remote.add(0, 0);
  expect(calls).toEqual([]);
});
