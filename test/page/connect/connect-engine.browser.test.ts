import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CONTRACT_VERSION, type EngineConfig } from '../../../src/core/engine/contract.js';
import type { Diagnostic } from '../../../src/core/errors.js';
import { type ConnectedEngine, connectEngine } from '../../../src/page/connect/connect-engine.js';
import { anEvent } from '../../support/an-event.js';

const CONFIG: EngineConfig = {
  contractVersion: CONTRACT_VERSION,
  manifestUrl: new URL('/no-bundle/manifest.json', location.href).href,
  runtime: 'auto',
  storage: 'memory',
  retention: { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 },
  rules: {},
  reasons: 'cart',
  publicKeys: [],
  tabId: 'this-tab',
};

const workers = {
  scripted: (name: string) => new Worker(new URL('./workers/scripted-worker.ts', import.meta.url), { type: 'module', name }),
  hangsAtLoad: () => new Worker(new URL('./workers/hangs-at-load.ts', import.meta.url), { type: 'module' }),
  throwsAtLoad: () => new Worker(new URL('./workers/throws-at-load.ts', import.meta.url), { type: 'module' }),
  neverAnswers: () => new Worker(new URL('./workers/never-answers.ts', import.meta.url), { type: 'module' }),
  startsFirst: () => new Worker(new URL('./workers/starts-first.ts', import.meta.url), { type: 'module' }),
  otherVersion: () => new Worker(new URL('./workers/other-version.ts', import.meta.url), { type: 'module' }),
  missing: () => new Worker('/no-such-folder/worker.js', { type: 'module' }),
  markup: () => new Worker(URL.createObjectURL(new Blob(['<!doctype html>'], { type: 'text/html' })), { type: 'module' }),
  refused: (): Worker => {
    throw new DOMException('refused by the CSP', 'SecurityError');
  },
};

interface Connected {
  readonly engine: ConnectedEngine;
  readonly codes: string[];
  /** versions of the engines that had their bundle whole */
  readonly wholes: string[];
  readonly spawned: () => number;
  readonly pageLoads: () => number;
}

function connect(spawn: (name: string) => Worker = workers.scripted): Connected {
  const codes: string[] = [];
  const wholes: string[] = [];
  let spawned = 0;
  let pageLoads = 0;
  const engine = connectEngine({
    spawnWorker: () => spawn(String(++spawned)),
    loadPageEngine() {
      pageLoads += 1;
      return import('../../../src/page/connect/page-engine.js');
    },
    onDiagnostic: ({ code }: Diagnostic) => codes.push(code),
    loadWords: () => import('../../../src/messages.js'),
    onWhole: ({ version }) => wholes.push(version),
  });
  onTestFinished(() => engine.stop());
  return { engine, codes, wholes, spawned: () => spawned, pageLoads: () => pageLoads };
}

const ask = (engine: ConnectedEngine, placement: string) => engine.recommend({ size: 4, placement });

async function msOf(work: Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work.catch(() => {});
  return performance.now() - startedAt;
}

const hostErrors: unknown[] = [];
const note = (event: Event) => hostErrors.push(event);
beforeEach(() => {
  addEventListener('error', note);
  addEventListener('unhandledrejection', note);
});
afterEach(() => {
  removeEventListener('error', note);
  removeEventListener('unhandledrejection', note);
  expect(hostErrors.splice(0)).toEqual([]);
});

describe('an engine in a worker', () => {
  it('creates nothing before start', async () => {
    const { engine, spawned } = connect();
    await expect(engine.status()).rejects.toMatchObject({ code: 'stopped' });
    expect(spawned()).toBe(0);
  });

  it('answers, without a byte of the engine on the page', async () => {
    const { engine, codes, pageLoads } = connect();
    expect(await engine.start(CONFIG)).toMatchObject({ where: 'worker', version: '1' });
    expect((await engine.record([anEvent({ eventId: 'a' })])).eventIds).toEqual(['a']);
    expect(await ask(engine, 'cart')).toMatchObject({ slateId: '1' });
    expect([codes, pageLoads()]).toEqual([[], 0]);
  });

  it('is started beside the handshake, not after it', async () => {
    const { engine, codes } = connect(workers.startsFirst);
    expect(await engine.start(CONFIG)).toMatchObject({ where: 'worker' });
    expect(codes).toEqual([]);
  });

  it('takes calls made before it has started', async () => {
    const { engine } = connect();
    void engine.start(CONFIG);
    expect((await engine.record([anEvent({ eventId: 'a' })])).eventIds).toEqual(['a']);
  });

  it('throws with its code across the worker boundary', async () => {
    const { engine, codes } = connect();
    await engine.start(CONFIG);
    await expect(ask(engine, 'throw')).rejects.toMatchObject({ code: 'id-mismatch', message: 'none of the ids is known' });
    expect(codes).toEqual([]);
  });

  it('refuses what cannot be cloned', async () => {
    const { engine } = connect();
    await engine.start(CONFIG);
    await expect(engine.recommend({ size: 4, rules: { pin: [(() => {}) as unknown as string] } })).rejects.toMatchObject({
      code: 'invalid-request',
    });
    await expect(engine.record([anEvent({ itemId: Symbol('x') as unknown as string })])).rejects.toMatchObject({
      code: 'invalid-event',
    });
  });

  it('keeps an uncaught error of the worker from the host and goes on', async () => {
    const { engine, codes, spawned } = connect();
    await engine.start(CONFIG);
    await ask(engine, 'throw-later');
    await expect.poll(() => codes).toEqual(['worker-failed']);
    expect(await ask(engine, 'cart')).toMatchObject({ slateId: '1' });
    expect(spawned()).toBe(1);
  });

  it('settles a call that is never answered within 3 s, and keeps the worker that lives', async () => {
    const { engine, spawned } = connect();
    await engine.start(CONFIG);
    const call = ask(engine, 'never');
    expect(await msOf(call)).toBeLessThan(3_100);
    await expect(call).rejects.toMatchObject({ code: 'worker-timeout' });
    expect([(await engine.status()).version, spawned()]).toEqual(['1', 1]);
  });
});

describe('a worker that is lost', () => {
  it.each(['hang 1', 'close 1'])('by "%s" is replaced, and the call is answered within 2 s', async (placement) => {
    const { engine, codes, spawned, pageLoads } = connect();
    await engine.start(CONFIG);
    const call = ask(engine, placement);
    expect(await msOf(call)).toBeLessThan(2_000);
    expect(await call).toMatchObject({ slateId: '2', seq: 1 });
    expect([codes, spawned(), pageLoads()]).toEqual([['worker-lost'], 2, 0]);
  });

  it('takes no event with it: what it did not acknowledge is sent again', async () => {
    const { engine } = connect();
    await engine.start(CONFIG);
    const receipt = await engine.record([anEvent({ eventId: 'a', itemId: 'die-first' })]);
    expect(receipt.eventIds).toEqual(['a']);
    expect((await engine.status()).where).toBe('worker');
  });

  it('rejects a call that was lost twice', async () => {
    const { engine } = connect();
    await engine.start(CONFIG);
    const call = ask(engine, 'close 9');
    expect(await msOf(call)).toBeLessThan(3_100);
    await expect(call).rejects.toMatchObject({ code: 'worker-lost' });
  });

  it('a third time gives way to the engine on the page, which scores within 2 s', async () => {
    const { engine, spawned, pageLoads } = connect();
    await engine.start(CONFIG);
    await ask(engine, 'close 2').catch(() => {});
    const call = ask(engine, 'close 9');
    await msOf(call);
    expect(await msOf(ask(engine, 'cart'))).toBeLessThan(2_000);
    expect([(await engine.status()).where, spawned(), pageLoads()]).toEqual(['page', 3, 1]);
  });
});

describe('a page that goes into the back/forward cache', () => {
  it('leaves no worker behind, and has another when it comes back', async () => {
    const { engine, codes, spawned } = connect();
    await engine.start(CONFIG);
    engine.suspend();
    const call = ask(engine, 'cart');
    engine.resume();
    expect(await call).toMatchObject({ slateId: '2', seq: 1 });
    expect([codes, spawned()]).toEqual([[], 2]);
  });

  it('is answered then what was asked before', async () => {
    const { engine, codes } = connect();
    await engine.start(CONFIG);
    const call = ask(engine, 'hang 1');
    engine.suspend();
    engine.resume();
    expect(await call).toMatchObject({ slateId: '2' });
    expect(codes).toEqual([]);
  });

  it('may be stopped meanwhile', async () => {
    const { engine, spawned } = connect();
    await engine.start(CONFIG);
    engine.suspend();
    const waits = expect(ask(engine, 'cart')).rejects.toMatchObject({ code: 'stopped' });
    await engine.stop();
    engine.resume();
    await waits;
    await expect(engine.status()).rejects.toMatchObject({ code: 'stopped' });
    expect(spawned()).toBe(1);
  });
});

describe('where no worker runs', () => {
  it.each(['refused', 'missing', 'markup', 'throwsAtLoad'] as const)('(%s) the engine is on the page at once', async (kind) => {
    await import('../../../src/page/connect/page-engine.js');
    const { engine, codes } = connect(workers[kind]);
    const status = await engine.start(CONFIG);
    expect([status.where, status.store, codes]).toEqual(['page', 'memory', ['worker-unavailable']]);
    const odd = { ...anEvent({ eventId: 'odd' }), email: 'x@example.com' };
    expect(await engine.record([odd, anEvent({ eventId: 'a' })])).toMatchObject({
      eventIds: ['a', 'odd'],
      refusals: ['email is not a field of an event. Leave it out.'],
    });
    expect(await ask(engine, 'cart')).toMatchObject({ strategy: 'none' });
  });

  it('the engine is on the page within 100 ms of the failure', async () => {
    await import('../../../src/page/connect/page-engine.js');
    let failedAt = 0;
    const { engine } = connect(() => {
      const worker = workers.missing();
      worker.addEventListener('error', () => {
        failedAt = performance.now();
      });
      return worker;
    });
    void engine.start(CONFIG);
    await engine.record([anEvent()]);
    expect(performance.now() - failedAt).toBeLessThan(100);
  });

  it.each(['neverAnswers', 'hangsAtLoad'] as const)(
    '(%s) calls settle within 3 s and the engine comes to the page',
    async (kind) => {
      const { engine, codes } = connect(workers[kind]);
      const starting = engine.start(CONFIG);
      expect(await msOf(ask(engine, 'cart'))).toBeLessThan(3_100);
      expect([(await starting).where, codes]).toEqual(['page', ['worker-unavailable']]);
    },
    10_000,
  );

  it('a worker of another version is refused', async () => {
    const { engine, codes } = connect(workers.otherVersion);
    expect((await engine.start(CONFIG)).where).toBe('page');
    expect(codes).toEqual(['version-mismatch']);
  });

  it('nor an engine on the page loads, every call rejects with a code', async () => {
    const engine = connectEngine({
      spawnWorker: workers.refused,
      loadPageEngine: () => Promise.reject(new TypeError('404')),
      onDiagnostic: () => {},
      loadWords: () => import('../../../src/messages.js'),
      onWhole: () => {},
    });
    await expect(engine.start(CONFIG)).rejects.toMatchObject({ code: 'worker-unavailable' });
    await expect(engine.record([])).rejects.toMatchObject({ code: 'worker-unavailable' });
    await engine.stop();
  });
});

describe('stop', () => {
  it('ends the worker, rejects what it owes and takes no more calls', async () => {
    const ended: Worker[] = [];
    const { engine } = connect((name) => {
      const worker = workers.scripted(name);
      const terminate = worker.terminate.bind(worker);
      worker.terminate = () => {
        ended.push(worker);
        terminate();
      };
      return worker;
    });
    await engine.start(CONFIG);
    const owed = expect(ask(engine, 'never')).rejects.toMatchObject({ code: 'stopped' });
    await engine.stop();
    await owed;
    expect(ended.length).toBe(1);
    await expect(engine.status()).rejects.toMatchObject({ code: 'stopped' });
  });

  it('before the worker answered leaves none running', async () => {
    const { engine, spawned, pageLoads } = connect(workers.neverAnswers);
    const starting = expect(engine.start(CONFIG)).rejects.toMatchObject({ code: 'stopped' });
    await engine.stop();
    await starting;
    expect([spawned(), pageLoads()]).toEqual([1, 0]);
  });
});

it('says after each start from a part of the bundle when the whole is in', async () => {
  const { engine, wholes } = connect();
  await engine.start({ ...CONFIG, manifestUrl: new URL('/staged/manifest.json', location.href).href });
  await expect.poll(() => wholes).toEqual(['1']);
  engine.suspend();
  engine.resume();
  await expect.poll(() => wholes).toEqual(['1', '2']);
});
