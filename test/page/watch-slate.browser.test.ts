import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Slate } from '../../src/core/domain/slate.js';
import { aSlate } from '../../src/page/testing/builders.js';
import { watchSlate } from '../../src/page/watch-slate.js';
import { aGate } from '../support/a-gate.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** As in a background tab, or a window that another covers. */
const neverPaint = () => vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(1);

function aWatch(recommend = vi.fn((): Promise<Slate> | false => Promise.resolve(aSlate()))) {
  const onSlate = vi.fn();
  return { refresh: watchSlate({ recommend, onSlate, onError: vi.fn() }), recommend, onSlate };
}

describe('watchSlate', () => {
  it('asks with the next frame, once for many calls, and no timer asks again', async () => {
    const { refresh, recommend, onSlate } = aWatch();
    refresh();
    refresh();
    expect(recommend).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(20);
    expect(recommend).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(recommend).toHaveBeenCalledOnce();
    expect(onSlate).toHaveBeenCalledOnce();
  });

  it('asks within 200 ms on a page that is never painted', async () => {
    neverPaint();
    const { refresh, onSlate } = aWatch();
    refresh();
    await vi.advanceTimersByTimeAsync(200);
    expect(onSlate).toHaveBeenCalledOnce();
  });

  it('asks no second time when a frame comes after all', async () => {
    const painted = neverPaint();
    const { refresh, recommend } = aWatch();
    refresh();
    await vi.advanceTimersByTimeAsync(200);
    painted.mock.calls[0]?.[0](0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(recommend).toHaveBeenCalledOnce();
  });

  it('drops the answer to a question asked before the last change, and asks once more', async () => {
    const gate = aGate();
    const old = aSlate({ seq: 1 });
    const fresh = aSlate({ seq: 2 });
    const recommend = vi.fn(() => Promise.resolve(fresh)).mockImplementationOnce(() => gate.promise.then(() => old));
    const { refresh, onSlate } = aWatch(recommend);
    refresh();
    await vi.advanceTimersByTimeAsync(20);
    refresh();
    refresh();
    gate.open();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(onSlate.mock.calls).toEqual([[fresh]]);
    expect(recommend).toHaveBeenCalledTimes(2);
  });

  it('tells of nothing while nobody may ask, and of an answer under way no more', async () => {
    const gate = aGate();
    const recommend = vi.fn((): Promise<Slate> | false => false).mockImplementationOnce(() => gate.promise.then(() => aSlate()));
    const { refresh, onSlate } = aWatch(recommend);
    refresh();
    await vi.advanceTimersByTimeAsync(20);
    refresh();
    gate.open();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([onSlate.mock.calls, recommend.mock.calls.length]).toEqual([[], 2]);
  });
});
