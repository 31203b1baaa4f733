import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineStatus, OffersQuestion, OffersState } from '../../src/core/engine/contract.js';
import { TillsideError } from '../../src/core/errors.js';
import { type FollowedOffers, followOffers } from '../../src/page/follow-offers.js';
import { countListeners } from './capture/fake-page.js';

const STARTED = Promise.resolve({} as EngineStatus);
const MINUTE_MS = 60_000;

interface Followed extends FollowedOffers {
  readonly questions: OffersQuestion[];
  readonly told: string[];
  changes: number;
  answer: Partial<OffersState> | Error | undefined;
  /** everything under way has settled */
  settled(): Promise<unknown>;
}

function follow(answer: Followed['answer'], started: Promise<EngineStatus> = STARTED): Followed {
  const state = {
    questions: [] as OffersQuestion[],
    told: [] as string[],
    changes: 0,
    answer,
    settled: () => vi.advanceTimersByTimeAsync(0),
  };
  const engine = {
    async lookAtOffers(question: OffersQuestion) {
      state.questions.push(question);
      if (state.answer instanceof Error) throw state.answer;
      return state.answer && { revision: 1, nextLookMs: 30_000, ...state.answer };
    },
  };
  const targets = { onChange: () => void state.changes++, onError: (code: string) => void state.told.push(code) };
  return Object.assign(state, followOffers({ engine, started, ...targets }));
}

let followed: Followed | undefined;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  followed?.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('followOffers', () => {
  it('looks once the engine has started, and again when the engine says', async () => {
    let begin = (_: EngineStatus): void => {};
    followed = follow({}, new Promise((resolve) => (begin = resolve)));
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(followed.questions).toEqual([]);
    begin({} as EngineStatus);
    await followed.settled();
    expect(followed.questions).toEqual([{}]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(followed.questions).toHaveLength(2);
    followed.answer = { nextLookMs: 900_000 };
    await vi.advanceTimersByTimeAsync(30_000 + MINUTE_MS);
    expect(followed.questions, 'after a minute at the latest, as a lost worker has lost its offers').toHaveLength(4);
  });

  it('calls slates old when the revision is another one, and only then', async () => {
    followed = follow({ revision: 7 });
    await followed.settled();
    expect(followed.changes).toBe(1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(followed.changes).toBe(1);
    followed.answer = { revision: 8 };
    await vi.advanceTimersByTimeAsync(30_000);
    expect(followed.changes).toBe(2);
  });

  it('does not look on a page that nobody sees, and looks when somebody does', async () => {
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    followed = follow({});
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(followed.questions).toEqual([]);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await followed.settled();
    expect(followed.questions).toHaveLength(1);
  });

  it('reports what is wrong with the file, and an engine that does not answer, and tries again', async () => {
    followed = follow({ revision: 0, problem: { code: 'offers-invalid', message: 'none' } });
    await followed.settled();
    expect([followed.told, followed.changes]).toEqual([['offers-invalid'], 0]);
    followed.answer = new TillsideError('worker-timeout', 'late');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(followed.told).toEqual(['offers-invalid', 'worker-timeout']);
    followed.answer = { revision: 3 };
    await vi.advanceTimersByTimeAsync(10_000);
    expect(followed.changes).toBe(1);
  });

  it('refuses what is out of stock by offers of five minutes at most', async () => {
    followed = follow({ availability: 'out_of_stock' });
    await followed.settled();
    await expect(followed.check('mug')).rejects.toMatchObject({ code: 'out-of-stock' });
    expect(followed.questions.at(-1)).toEqual({ itemId: 'mug', maxAgeMs: 5 * MINUTE_MS });
  });

  it.each<[string, Followed['answer']]>([
    ['is in stock', { availability: 'in_stock' }],
    ['is to come', { availability: 'preorder' }],
    ['is in no file', {}],
    ['nobody can tell of', new TillsideError('worker-lost', 'gone')],
    ['no offers are for', undefined],
  ])('lets be added what %s', async (_, answer) => {
    followed = follow(answer);
    await expect(followed.check('mug')).resolves.toBeUndefined();
  });

  it('leaves nothing on the page when it is stopped', async () => {
    const listeners = countListeners();
    const following = follow({});
    await following.settled();
    expect(listeners()).toBeGreaterThan(0);
    following.stop();
    expect(listeners()).toBe(0);
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(following.questions).toHaveLength(1);
  });
});
