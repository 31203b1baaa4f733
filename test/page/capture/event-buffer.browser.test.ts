import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordReceipt } from '../../../src/core/engine/contract.js';
import { TillsideError } from '../../../src/core/errors.js';
import { openEventBuffer } from '../../../src/page/capture/event-buffer.js';
import { countListeners, fakePage, fakeRecord, receiptOf } from './fake-page.js';

const KEY = 'tillside.tail.tab-1';

describe('the event buffer', () => {
  let page: ReturnType<typeof fakePage>;
  let engine: ReturnType<typeof fakeRecord>;
  const start = (tabId = 'tab-1', more: { account?: string; leavesTail?: boolean } = {}) =>
    openEventBuffer(page.context, { record: engine.record, tabId, ...more });
  const stall = () => {
    engine.answer = () => new Promise(() => undefined);
  };
  const tail = (key = KEY) => JSON.parse(localStorage.getItem(key) ?? '[]') as { eventId: string; itemId: string }[];
  const view = (itemId = 'a') => ({ type: 'view_item', itemId }) as const;
  const stored = (itemId: string, occurredAt = 1) => ({ ...view(itemId), eventId: `event-of-${itemId}`, occurredAt });

  beforeEach(() => {
    page = fakePage();
    engine = fakeRecord();
    localStorage.clear();
  });
  afterEach(() => page.close());

  it('gives events an id and a time and sends them within 250 ms, in order, in one batch', async () => {
    const buffer = start();
    buffer.track(view('a'));
    await page.pass(200);
    buffer.track(view('b'));
    expect(engine.batches).toEqual([]);
    await page.pass(50);
    expect(engine.batches).toHaveLength(1);
    expect(engine.events().map(({ itemId }) => itemId)).toEqual(['a', 'b']);
    expect(engine.events()[0]).toMatchObject({
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      occurredAt: expect.any(Number),
    });
    buffer.stop();
  });

  it('makes version 4 ids where crypto.randomUUID is missing', async () => {
    vi.spyOn(crypto, 'randomUUID').mockReturnValue(undefined as never);
    Object.defineProperty(crypto, 'randomUUID', { configurable: true, value: undefined });
    const buffer = start();
    buffer.track(view('a'));
    buffer.track(view('b'));
    await page.pass(250);
    Reflect.deleteProperty(crypto, 'randomUUID');
    const ids = engine.events().map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    buffer.stop();
  });

  it('has no timer while it is empty', async () => {
    const buffer = start();
    expect(vi.getTimerCount()).toBe(0);
    buffer.track(view());
    await page.pass(250);
    expect(vi.getTimerCount()).toBe(0);
    buffer.stop();
  });

  it('sends an urgent event in the same microtask, with what waited before it', async () => {
    const buffer = start();
    buffer.track(view('a'));
    buffer.track({ type: 'add_to_cart', itemId: 'b' }, true);
    expect(engine.batches).toEqual([]);
    await Promise.resolve();
    expect(engine.events().map(({ itemId }) => itemId)).toEqual(['a', 'b']);
    buffer.stop();
  });

  it('sends a burst of urgent events as one batch', async () => {
    const buffer = start();
    for (let turn = 0; turn < 100; turn++) buffer.track({ type: 'add_to_cart', itemId: `i${turn}` }, true);
    await page.pass(0);
    expect(engine.batches.map((batch) => batch.length)).toEqual([100]);
    buffer.stop();
  });

  it('does not wait for a slow call to send a cart mutation, and sends nothing twice meanwhile', async () => {
    stall();
    const buffer = start();
    buffer.track(view('a'));
    await page.pass(250);
    buffer.track({ type: 'add_to_cart', itemId: 'b' }, true);
    await page.pass(1_000);
    expect(engine.events().map(({ itemId }) => itemId)).toEqual(['a', 'b']);
    buffer.stop();
  });

  it('has at most two calls under way, and goes on when one is answered', async () => {
    const answers: (() => void)[] = [];
    engine.answer = (events) => new Promise((resolve) => answers.push(() => resolve(receiptOf(events))));
    const buffer = start();
    for (const itemId of ['a', 'b', 'c']) {
      buffer.track({ type: 'add_to_cart', itemId }, true);
      await page.pass(0);
    }
    expect(engine.batches).toHaveLength(2);
    answers[0]?.();
    await page.pass(0);
    expect(engine.events().map(({ itemId }) => itemId)).toEqual(['a', 'b', 'c']);
    buffer.stop();
  });

  it('holds nothing back when a slate is about to be asked for', async () => {
    stall();
    const buffer = start();
    for (const itemId of ['a', 'b', 'c']) {
      buffer.track({ type: 'add_to_cart', itemId }, true);
      await page.pass(0);
    }
    buffer.flush();
    expect(engine.events().map(({ itemId }) => itemId)).toEqual(['a', 'b', 'c']);
    buffer.flush();
    expect(engine.events()).toHaveLength(3);
    buffer.stop();
  });

  it('resends what failed, with the same ids, waiting longer each time', async () => {
    engine.answer = () => Promise.reject(new TillsideError('worker-lost', 'gone'));
    const buffer = start();
    buffer.track(view());
    await page.pass(250);
    await page.pass(999);
    expect(engine.batches).toHaveLength(1);
    await page.pass(1);
    await page.pass(1_999);
    expect(engine.batches).toHaveLength(2);
    engine.answer = async (events) => receiptOf(events);
    await page.pass(1);
    await page.pass(60_000);
    expect(engine.batches).toHaveLength(3);
    expect(new Set(engine.events().map(({ eventId }) => eventId)).size).toBe(1);
    expect(page.errors[0]).toEqual({ code: 'worker-lost', message: 'gone' });
    buffer.stop();
  });

  it('resends what a receipt leaves out', async () => {
    engine.answer = async (events) => receiptOf(events.slice(0, 1));
    const buffer = start();
    buffer.track(view('a'));
    buffer.track(view('b'));
    await page.pass(250);
    engine.answer = async (events) => receiptOf(events);
    await page.pass(1_000);
    expect(engine.batches[1]?.map(({ itemId }) => itemId)).toEqual(['b']);
    buffer.stop();
  });

  it('survives a record that throws at once', async () => {
    engine.answer = () => {
      throw new Error('no engine');
    };
    const buffer = start();
    buffer.track(view());
    await page.pass(250);
    expect(page.errors).toEqual([{ code: 'worker-failed', message: 'no engine' }]);
    buffer.stop();
  });

  it('drops what the engine refuses, so that it holds up nothing, and says what was wrong with it', async () => {
    const buffer = start();
    buffer.track({ ...view(), itemId: 7 as never });
    buffer.track(view('b'));
    await page.pass(60_000);
    expect(engine.batches.map((batch) => batch.map(({ itemId }) => itemId))).toEqual([['b']]);
    expect(buffer.exportTail()).toEqual([]);
    expect(page.errors).toEqual([{ code: 'invalid-event', message: 'itemId is 7. Pass a string of 1–128 characters.' }]);
    buffer.stop();
  });

  it('holds the newest 500 and counts the others', async () => {
    stall();
    const buffer = start();
    for (let turn = 0; turn < 510; turn++) buffer.track(view(`i${turn}`));
    expect(page.errors.at(-1)).toEqual({ code: 'event-dropped', message: '10 events were dropped: more than 500 waited.' });
    await page.pass(250);
    expect(engine.events().map(({ itemId }) => itemId)).toEqual(Array.from({ length: 500 }, (_, at) => `i${at + 10}`));
    buffer.stop();
  });

  it('tells with a receipt whether anything newer waits', async () => {
    const receipts: boolean[] = [];
    const answers: ((receipt: RecordReceipt) => void)[] = [];
    engine.answer = () => new Promise((resolve) => answers.push(resolve));
    const buffer = openEventBuffer(page.context, {
      record: engine.record,
      tabId: 'tab-1',
      onReceipt: (_receipt, isLatest) => receipts.push(isLatest),
    });
    buffer.track({ type: 'add_to_cart', itemId: 'a' }, true);
    await page.pass(0);
    buffer.track({ type: 'add_to_cart', itemId: 'b' }, true);
    await page.pass(0);
    for (const [at, answer] of answers.entries()) answer(receiptOf(engine.batches[at] ?? []));
    await page.pass(0);
    expect(receipts).toEqual([false, true]);
    buffer.stop();
  });

  it('tells what the engine has survived since, as a receipt says', async () => {
    const lost = { code: 'store-lost', message: 'Keeping to memory for this visit.' } as const;
    engine.answer = async (events) => ({ ...receiptOf(events), diagnostics: [lost] });
    const buffer = start();
    buffer.track(view('a'));
    await page.pass(250);
    expect(page.errors).toEqual([lost]);
    buffer.stop();
  });

  describe('the tail of an account', () => {
    const leave = (tabId: string, account?: string) => {
      stall();
      const buffer = start(tabId, account === undefined ? {} : { account });
      buffer.track(view(`by ${account}`));
      buffer.stop();
      engine = fakeRecord();
    };
    const takenBy = async (account?: string) => {
      const buffer = start('tab-9', account === undefined ? {} : { account });
      await page.pass(250);
      buffer.forget();
      buffer.stop();
      return engine.events().map(({ itemId }) => itemId);
    };

    it('is sent by a page of the same account, and by no other', async () => {
      leave('tab-1', 'anna');
      expect(JSON.stringify({ ...localStorage })).not.toMatch(/\.anna/);
      expect(await takenBy('anna')).toEqual(['by anna']);
      leave('tab-1', 'anna');
      expect(await takenBy('ben')).toEqual([]);
      expect(localStorage).toHaveLength(0);
      leave('tab-1', 'anna');
      expect(await takenBy('')).toEqual([]);
      expect(localStorage).toHaveLength(0);
    });

    it('goes over to whoever logs in, where nobody was logged in before', async () => {
      leave('tab-1', '');
      expect(await takenBy('anna')).toEqual(['by ']);
    });

    it('is left to be sent on a page that does not say', async () => {
      leave('tab-1', 'anna');
      expect(await takenBy()).toEqual(['by anna']);
    });

    it('is never written where some of it may be sensitive', () => {
      stall();
      const buffer = start('tab-1', { leavesTail: false });
      buffer.track(view());
      buffer.stop();
      expect(localStorage).toHaveLength(0);
    });
  });

  describe('its tail', () => {
    it('keeps what is unacknowledged when the page goes, also what is tracked after that, and sends nothing any more', () => {
      stall();
      const buffer = start();
      buffer.track(view('a'));
      page.leave();
      expect(tail().map(({ itemId }) => itemId)).toEqual(['a']);
      buffer.track(view('b'));
      expect(tail().map(({ itemId }) => itemId)).toEqual(['a', 'b']);
      expect(engine.events()).toEqual([]);
      buffer.stop();
    });

    it('is the newest 50', () => {
      stall();
      const buffer = start();
      for (let turn = 0; turn < 60; turn++) buffer.track(view(`i${turn}`));
      page.hide();
      expect(tail().map(({ itemId }) => itemId)).toEqual(Array.from({ length: 50 }, (_, at) => `i${at + 10}`));
      buffer.stop();
    });

    it('goes once the events are acknowledged', async () => {
      const buffer = start();
      buffer.track(view());
      page.hide();
      expect(tail()).toHaveLength(1);
      await page.pass(0);
      expect(localStorage.getItem(KEY)).toBeNull();
      buffer.stop();
    });

    it('is not written while nothing waits', async () => {
      const write = vi.spyOn(Storage.prototype, 'setItem');
      const buffer = start();
      buffer.track(view());
      await page.pass(250);
      page.hide();
      page.leave();
      buffer.stop();
      expect(write).not.toHaveBeenCalled();
    });

    it('of every tab is sent by the next page with the ids it had, then deleted', async () => {
      localStorage.setItem('tillside.tail.dead-1', JSON.stringify([stored('a')]));
      localStorage.setItem('tillside.tail.dead-2', JSON.stringify([stored('b', 2)]));
      localStorage.setItem('cart', 'the shop’s own');
      const buffer = start();
      await page.pass(250);
      expect(engine.events()).toEqual([stored('a'), stored('b', 2)]);
      expect(Object.keys(localStorage)).toEqual(['cart']);
      buffer.stop();
    });

    it('keeps what one tab did in its order when its clock was set back, and tabs in the order of time', async () => {
      localStorage.setItem('tillside.tail.dead-1', JSON.stringify([stored('a', 100), stored('b', 40), stored('d', 120)]));
      localStorage.setItem('tillside.tail.dead-2', JSON.stringify([stored('c', 110)]));
      const buffer = start();
      expect(buffer.exportTail().map(({ itemId }) => itemId)).toEqual(['a', 'b', 'c', 'd']);
      await page.pass(250);
      expect(engine.events().map(({ itemId }) => itemId)).toEqual(['a', 'b', 'c', 'd']);
      buffer.stop();
    });

    it('stays until it is acknowledged', async () => {
      localStorage.setItem('tillside.tail.dead-1', JSON.stringify([stored('a')]));
      stall();
      const buffer = start();
      await page.pass(10_000);
      expect(tail('tillside.tail.dead-1')).toHaveLength(1);
      buffer.stop();
    });

    it('that its tab rewrote meanwhile is not deleted', async () => {
      const key = 'tillside.tail.live';
      localStorage.setItem(key, JSON.stringify([stored('a')]));
      const buffer = start();
      localStorage.setItem(key, JSON.stringify([stored('a'), stored('b')]));
      await page.pass(250);
      expect(tail(key)).toHaveLength(2);
      buffer.stop();
    });

    it('that is poisoned is read as far as it is sound, and deleted', async () => {
      const rows = [
        stored('a'),
        null,
        7,
        { ...stored('b'), itemId: 7 },
        { ...stored('c'), email: 'x@example.com' },
        { type: 'x' },
      ];
      localStorage.setItem('tillside.tail.x1', JSON.stringify(rows));
      localStorage.setItem('tillside.tail.x2', '{"cut');
      localStorage.setItem('tillside.tail.x3', '{"__proto__":{"length":1}}');
      localStorage.setItem('tillside.tail.x4', `"${'x'.repeat(1_000_001)}"`);
      localStorage.setItem('tillside.tail.x5', '[{"eventId":7},{"eventId":"event-of-d"}]');
      const buffer = start();
      await page.pass(250);
      expect(engine.events()).toEqual([stored('a')]);
      expect(localStorage.length).toBe(0);
      expect(new Set(page.errors.map(({ code }) => code))).toEqual(new Set(['invalid-event']));
      buffer.stop();
    });

    it('is part of the export, once an event', () => {
      localStorage.setItem('tillside.tail.dead', JSON.stringify([stored('a')]));
      stall();
      const buffer = start();
      buffer.track(view('b'));
      page.hide();
      expect(buffer.exportTail().map(({ itemId }) => itemId)).toEqual(['a', 'b']);
      buffer.stop();
    });

    it('is erased with everything buffered, and an answer on its way writes nothing back', async () => {
      localStorage.setItem('tillside.tail.dead', JSON.stringify([stored('a')]));
      let answer: (receipt: RecordReceipt) => void = () => undefined;
      engine.answer = () =>
        new Promise((resolve) => {
          answer = resolve;
        });
      const buffer = start();
      buffer.track(view('b'));
      page.hide();
      buffer.forget();
      answer(receiptOf([]));
      await page.pass(60_000);
      buffer.stop();
      expect([localStorage.length, buffer.exportTail(), engine.batches.length]).toEqual([0, [], 1]);
    });

    it('is done without where storage refuses, which is reported', async () => {
      vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
        throw new DOMException('full', 'QuotaExceededError');
      });
      const buffer = start();
      buffer.track(view());
      page.hide();
      await page.pass(0);
      expect(engine.events()).toHaveLength(1);
      expect(page.errors.map(({ code }) => code)).toEqual(['store-quota']);
      buffer.stop();
    });

    it('is done without where reading localStorage throws', async () => {
      const sealed = new Proxy(window, {
        get: (target, name) => {
          if (name === 'localStorage') throw new DOMException('sandboxed', 'SecurityError');
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      const buffer = openEventBuffer({ ...page.context, window: sealed }, { record: engine.record, tabId: 'tab-1' });
      buffer.track(view());
      await page.pass(250);
      expect(engine.events()).toHaveLength(1);
      expect(page.errors[0]?.code).toBe('store-denied');
      buffer.stop();
    });
  });

  it('hands over what is left at its stop, takes nothing more and holds no listener and no timer', async () => {
    const held = countListeners();
    const buffer = start();
    buffer.track(view('a'));
    buffer.stop();
    buffer.track(view('b'));
    await page.pass(60_000);
    expect(engine.events().map(({ itemId }) => itemId)).toEqual(['a']);
    expect([held(), vi.getTimerCount(), localStorage.length]).toEqual([0, 0, 0]);
  });
});
