import { describe, expect, it } from 'vitest';
import { chooseEaseShape } from '../../../src/train/fit/choose-ease-shape.js';
import { EASE_SHAPE, type EaseShape } from '../../../src/train/fit/restricted-ease.js';

describe('chooseEaseShape', () => {
  it('reads carts without their order where the order only misleads, then chooses the ridge', () => {
    const figure = ({ farShare, ridge }: EaseShape) => (farShare === 1 ? 1 : 0) + (ridge === 125 ? 0.5 : 0);
    expect(chooseEaseShape(figure)).toMatchObject({ farShare: 1, ridge: 125 });
  });

  it('keeps the order where it says something, and the ridge where another is no better', () => {
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
    expect(asked.map(({ farShare }) => farShare)).toEqual([EASE_SHAPE.farShare, 1]);
  });
});
