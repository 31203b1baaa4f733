import type { ExposedSlate } from './exposed-slate.js';

/** Impressions in columns; `ours` is our place for the item, −1 for none, −2 where we were not asked. */
export interface ExposureTable {
  readonly sessions: number;
  readonly places: number;
  readonly items: number;
  readonly slateSession: Uint32Array;
  readonly slateAdds: Float64Array;
  /** of our slate; 0 where we were not asked */
  readonly slateSize: Uint32Array;
  readonly session: Uint32Array;
  readonly place: Uint32Array;
  /** number of the item at its place: what is shown there is counted together */
  readonly cell: Uint32Array;
  readonly cellItem: Uint32Array;
  readonly cellPlace: Uint32Array;
  readonly added: Uint8Array;
  readonly ours: Int32Array;
  readonly propensity: Float64Array;
  readonly hasPropensities: boolean;
}

/** @param oursOf our slate for a shown one, best first */
export function toTable(
  slates: readonly ExposedSlate[],
  oursOf: (slate: ExposedSlate) => readonly string[] | undefined,
): ExposureTable {
  const numbers = { sessions: new Map<string, number>(), items: new Map<string, number>() };
  const numberOf = (of: Map<string, number>, id: string) => {
    const number = of.get(id) ?? of.size;
    of.set(id, number);
    return number;
  };
  const answers = slates.map((slate) => oursOf(slate)?.slice(0, slate.places.length));
  const slateSession = Uint32Array.from(slates, ({ sessionId }) => numberOf(numbers.sessions, sessionId));
  const rows = slates.flatMap(({ places }, s) =>
    places.map((each) => ({ ...each, session: slateSession[s] as number, answer: answers[s] })),
  );
  const cells = new Map<string, number>();
  const cell = Uint32Array.from(rows, ({ itemId, position }) => numberOf(cells, `${position} ${itemId}`));
  const keys = [...cells.keys()].map((key) => key.split(' ', 1)[0] as string);
  const cellItem = Uint32Array.from(cells.keys(), (key) => numberOf(numbers.items, key.slice(key.indexOf(' ') + 1)));
  return {
    sessions: numbers.sessions.size,
    places: rows.reduce((most, { position }) => Math.max(most, position), 0),
    items: numbers.items.size,
    slateSession,
    slateAdds: Float64Array.from(slates, ({ places }) => places.filter(({ isAdded }) => isAdded).length),
    slateSize: Uint32Array.from(answers, (answer) => answer?.length ?? 0),
    session: Uint32Array.from(rows, ({ session }) => session),
    cell,
    cellItem,
    cellPlace: Uint32Array.from(keys, (position) => Number(position) - 1),
    place: Uint32Array.from(rows, ({ position }) => position - 1),
    added: Uint8Array.from(rows, ({ isAdded }) => (isAdded ? 1 : 0)),
    ours: Int32Array.from(rows, ({ answer, itemId }) => answer?.indexOf(itemId) ?? -2),
    propensity: Float64Array.from(rows, ({ propensity = 1 }) => propensity),
    hasPropensities: rows.every(({ propensity }) => propensity !== undefined),
  };
}
