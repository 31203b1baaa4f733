/** What one ordering finds more than another on the same questions. */
export interface RankerGain {
  readonly hr20: number;
  readonly mrr20: number;
  /** standard error of their sum; questions of one session count as one draw */
  readonly error: number;
}

/** Compares two orderings, question by question. @param sessions the session of each question @param ranks, others of the targets, 1 is first */
export function gainOf(ranks: Float64Array, others: Float64Array, sessions: readonly string[]): RankerGain {
  const count = Math.max(1, ranks.length);
  const bySession = new Map<string, { questions: number; sum: number }>();
  let hits = 0;
  let reciprocal = 0;
  ranks.forEach((rank, i) => {
    const other = others[i] as number;
    const hit = hitOf(rank) - hitOf(other);
    const gained = reciprocalOf(rank) - reciprocalOf(other);
    hits += hit;
    reciprocal += gained;
    const session = bySession.get(sessions[i] as string) ?? { questions: 0, sum: 0 };
    session.questions++;
    session.sum += hit + gained;
    bySession.set(sessions[i] as string, session);
  });
  const mean = (hits + reciprocal) / count;
  let squares = 0;
  for (const { questions, sum } of bySession.values()) squares += (sum - mean * questions) ** 2;
  return { hr20: hits / count, mrr20: reciprocal / count, error: Math.sqrt(squares) / count };
}

/** A part earns its place if it finds more than chance may: one standard error. */
export function isEarned({ hr20, mrr20, error }: RankerGain): boolean {
  return hr20 + mrr20 > error;
}

function hitOf(rank: number): number {
  return rank <= 20 ? 1 : 0;
}

function reciprocalOf(rank: number): number {
  return rank <= 20 ? 1 / rank : 0;
}
