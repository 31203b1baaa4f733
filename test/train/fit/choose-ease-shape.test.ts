import { describe, expect, it } from 'vitest';
import { chooseEaseShape } from '../../../src/train/fit/choose-ease-shape.js';
import { EASE_SHAPE, type EaseShape } from '../../../src/train/fit/restricted-ease.js';

describe('chooseEaseShape', () => {
  it('reads carts without their order where the order only misleads, then chooses the ridge and what likeness is worth', () => {
    const figure = ({ farShare, ridge, content }: EaseShape) => (farShare === 1 ? 1 : 0) + (ridge === 60 ? 0.5 : 0) - content;
    expect(chooseEaseShape(figure)).toMatchObject({ farShare: 1, ridge: 60, content: 0 });
  });

  it('keeps the order where it says something, the ridge and the likeness where another is no better', () => {
    expect(chooseEaseShape(({ farShare }) => (farShare === 1 ? 0 : 1))).toEqual(EASE_SHAPE);
  });

  it('reads old carts as new ones, and raises the diagonal, where that finds more', () => {
    const figure = ({ oldShare, inflation }: EaseShape) => oldShare + inflation;
    expect(chooseEaseShape(figure)).toMatchObject({ oldShare: 1, inflation: 3 });
    expect(chooseEaseShape(({ inflation }) => (inflation === 1 ? 1 : 0))).toEqual({ ...EASE_SHAPE, inflation: 1 });
  });

  it('fits no more shapes than it is given ridges for, and asks nothing of a catalogue that says nothing', () => {
    const asked: EaseShape[] = [];
    chooseEaseShape(
      (shape) => {
        asked.push(shape);
        return 0;
      },
      { ridges: [], hasContent: false },
    );
    expect(asked.map((shape) => Object.fromEntries(differences(shape)))).toEqual([
      {},
      { farShare: 1 },
      { farShare: 1, lengthPower: 0.5 },
      { unitsPower: 0 },
      { oldShare: 1 },
      { inflation: 1 },
      { inflation: 3 },
    ]);
  });

  it('keeps the usual where another finds hardly more', () => {
    expect(chooseEaseShape(({ unitsPower }) => (unitsPower === 0 ? 0.4019 : 0.4))).toEqual(EASE_SHAPE);
  });

  it('does not ask what units say where every line has one', () => {
    let unitless = 0;
    const figure = ({ unitsPower }: EaseShape) => (unitsPower === 0 ? ++unitless : 0);
    expect(chooseEaseShape(figure, { hasUnits: false })).toEqual(EASE_SHAPE);
    expect(unitless).toBe(0);
    expect(chooseEaseShape(figure).unitsPower).toBe(0);
  });
});

/** What a shape has otherwise than the usual one. */
function differences(shape: EaseShape): [string, number][] {
  return Object.entries(shape).filter(([name, value]) => value !== EASE_SHAPE[name as keyof EaseShape]);
}
