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

  it('fits no more shapes than it is given ridges for', () => {
    const asked: EaseShape[] = [];
    chooseEaseShape(
      (shape) => {
        asked.push(shape);
        return 0;
      },
      { ridges: [] },
    );
    const { farShare, content, unitsPower } = EASE_SHAPE;
    expect(asked.map((shape) => [shape.farShare, shape.content, shape.unitsPower])).toEqual([
      [farShare, content, unitsPower],
      [1, content, unitsPower],
      [farShare, 0, unitsPower],
      [farShare, content, 0],
    ]);
  });

  it('does not ask what units say where every line has one', () => {
    let unitless = 0;
    const figure = ({ unitsPower }: EaseShape) => (unitsPower === 0 ? ++unitless : 0);
    expect(chooseEaseShape(figure, { hasUnits: false })).toEqual(EASE_SHAPE);
    expect(unitless).toBe(0);
    expect(chooseEaseShape(figure).unitsPower).toBe(0);
  });
});
