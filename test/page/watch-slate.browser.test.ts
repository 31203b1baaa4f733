import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

function aWatch(recommend = vi.fn(async () => aSlate())) {
  const onSlate = vi.fn();
  return { ...watchSlate({ recommend, onSlate, onError: vi.fn() }), recommend, onSlate };
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

  it('asks within 200 ms on a page that is never painted, once', async () => {
    neverPaint();
    const { refresh, recommend, onSlate } = aWatch();
    refresh();
    await vi.advanceTimersByTimeAsync(200);
    expect(onSlate).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(recommend).toHaveBeenCalledOnce();
  });

  it('asks no second time when a frame comes after all', async () => {
    const late = neverPaint();
    const forget = vi.spyOn(window, 'cancelAnimationFrame');
    const { refresh } = aWatch();
    refresh();
    await vi.advanceTimersByTimeAsync(200);
    expect(forget.mock.calls).toEqual([[late.mock.results[0]?.value]]);
  });

  it.each(['painted', 'never painted'])('asks nothing once it is cancelled, on a page that is %s', async (kind) => {
    if (kind === 'never painted') neverPaint();
    const { refresh, cancel, recommend } = aWatch();
    refresh();
    cancel();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(recommend).not.toHaveBeenCalled();
  });

  it('drops the answer to a question asked before the last change, and asks once more', async () => {
    const gate = aGate();
    const old = aSlate({ seq: 1 });
    const fresh = aSlate({ seq: 2 });
    const recommend = vi.fn(async () => fresh).mockImplementationOnce(() => gate.promise.then(() => old));
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
});
