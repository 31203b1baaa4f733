import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDisplayTitle } from '../../examples/gift-shop/catalog/title-case.mjs';

describe('toDisplayTitle', () => {
  it.each([
    ['WHITE HANGING HEART T-LIGHT HOLDER', 'White Hanging Heart T-Light Holder'],
    ['BEWARE OF THE CAT METAL SIGN', 'Beware of the Cat Metal Sign'],
    ['THE KING GIFT BAG', 'The King Gift Bag'],
    ['SET/6 FRUIT SALAD PAPER CUPS', 'Set of 6 Fruit Salad Paper Cups'],
    ['S/4 SKULL BADGES', 'Set of 4 Skull Badges'],
    ['BOX/12 CHICK & EGG IN BASKET', 'Box of 12 Chick & Egg in Basket'],
    ['FINE SILVER NECKLACE W PASTEL FLOWE', 'Fine Silver Necklace with Pastel Flowe'],
    ['SILVER M.O.P ORBIT DROP EARRINGS', 'Silver M.O.P Orbit Drop Earrings'],
    ['SUNJAR LED NIGHT NIGHT LIGHT', 'Sunjar LED Night Night Light'],
    ["MUM'S KITCHEN CLOCK", "Mum's Kitchen Clock"],
    ["COTE D'AZURE NECKLACE", "Cote D'Azure Necklace"],
    ['GREEN GOOSE FEATHER TREE 60CM', 'Green Goose Feather Tree 60cm'],
    ['POLYESTER FILLER PAD 65CMx65CM', 'Polyester Filler Pad 65cmx65cm'],
    ['BAG 250g SWIRLY MARBLES', 'Bag 250g Swirly Marbles'],
    ['*USB Office Mirror Ball', 'USB Office Mirror Ball'],
    ['GREETING CARD,SQUARE, DOUGHNUTS', 'Greeting Card, Square, Doughnuts'],
    ['PINK  POLKADOT  CUP', 'Pink Polkadot Cup'],
  ])('shows "%s" as "%s"', (title, shown) => {
    expect(toDisplayTitle(title)).toBe(shown);
  });

  it('changes nothing but the case of plain words', () => {
    const words = fc.array(fc.stringMatching(/^[A-Z]{3,9}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, (list) => {
        expect(toDisplayTitle(list.join(' ')).toUpperCase()).toBe(list.join(' '));
      }),
    );
  });

  it('is the same done twice', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9 ]{1,35}$/), (title) => {
        const once = toDisplayTitle(title);
        expect(toDisplayTitle(once)).toBe(once);
      }),
    );
  });
});
