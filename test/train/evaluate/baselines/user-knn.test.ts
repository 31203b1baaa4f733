import { describe, expect, it } from 'vitest';
import { indexSessions } from '../../../../src/train/evaluate/baselines/session-sets.js';
import { createUserCosine, createUserPearson } from '../../../../src/train/evaluate/baselines/user-knn.js';
import { indexUsers } from '../../../../src/train/evaluate/baselines/users.js';
import { aLog, type LogSession } from '../../../support/a-log.js';
import { aQuery, scoresOf } from '../../../support/a-query.js';

const SESSIONS: LogSession[] = [
  { events: ['a', 'b', 'c'] },
  { events: ['a', 'b'] },
  { events: ['a', 'd'] },
  { events: ['c', 'd', 'e', 'f'] },
];

function prepare(sessions: readonly LogSession[] = SESSIONS) {
  const log = aLog(sessions);
  const range = { from: 0, to: sessions.length };
  const sets = indexSessions(log, range);
  return { sets, users: indexUsers(log, range, sets) };
}

describe('user neighbours', () => {
  const { sets, users } = prepare();

  it('adds up the most similar shoppers by cosine', () => {
    const answer = createUserCosine(sets, users, { neighbours: 10 }).recommend(aQuery('a', 'b'), 10);
    expect(scoresOf(answer)).toEqual({ c: expect.closeTo(2 / Math.sqrt(2 * 3)), d: expect.closeTo(1 / 2) });
  });

  it('adds up the most similar shoppers by Pearson correlation', () => {
    const answer = createUserPearson(sets, users, { neighbours: 10 }).recommend(aQuery('a', 'b'), 10);
    const correlation = (shared: number, b: number) => (6 * shared - 2 * b) / Math.sqrt(2 * 4 * b * (6 - b));
    expect(scoresOf(answer)).toEqual({ c: expect.closeTo(correlation(2, 3)), d: expect.closeTo(correlation(1, 2)) });
  });

  it('asks only the nearest', () => {
    expect(createUserCosine(sets, users, { neighbours: 1 }).recommend(aQuery('a', 'b'), 10)).toEqual([]);
    expect(scoresOf(createUserCosine(sets, users, { neighbours: 2 }).recommend(aQuery('a', 'b'), 10))).toEqual({
      c: expect.closeTo(2 / Math.sqrt(6)),
    });
  });

  it('knows a shopper better by what was bought before', () => {
    const query = { ...aQuery('a'), history: [{ itemId: 'e', day: 1 }] };
    const answer = scoresOf(createUserCosine(sets, users, { neighbours: 10 }).recommend(query, 10));
    expect(answer.f).toBeCloseTo(1 / Math.sqrt(2 * 4));
  });

  it('takes the sessions of a visitor for one shopper', () => {
    const merged = prepare(SESSIONS.map((session, s) => ({ ...session, ...(s >= 2 && { visitor: 'v' }) })));
    expect(merged.users.count).toBe(3);
    const answer = createUserCosine(merged.sets, merged.users, { neighbours: 10 }).recommend(aQuery('a'), 10);
    expect(scoresOf(answer).e).toBeCloseTo(1 / Math.sqrt(5));
  });
});
