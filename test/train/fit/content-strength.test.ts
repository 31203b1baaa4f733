import { describe, expect, it } from 'vitest';
import { chooseContentStrength } from '../../../src/train/fit/content-strength.js';
import { CART_COOCCURRENCE, createCooccurrence } from '../../../src/train/fit/cooccurrence.js';
import { fitContentVectors } from '../../../src/train/fit/content-vectors.js';
import { toItemSessions } from '../../../src/train/fit/item-sessions.js';
import { createRandom } from '../../../src/train/fit/random.js';
import { fitVocabulary } from '../../../src/train/fit/vocabulary.js';
import { aLog } from '../../support/a-log.js';

const THEMES = 24;
const PER_THEME = 8;

/** Carts of four items of one theme. */
function carts(count: number) {
  const random = createRandom(3);
  return Array.from({ length: count }, () => {
    const theme = random.below(THEMES);
    const items = random.shuffle(Uint32Array.from({ length: PER_THEME }, (_, i) => i)).slice(0, 4);
    return { events: Array.from(items, (item) => `t${theme}-${item}`) };
  });
}

/** @param themeOf what the title says of the theme */
function choose(count: number, themeOf: (theme: number, item: number) => number) {
  const catalog = Array.from({ length: THEMES * PER_THEME }, (_, i) => {
    const [theme, item] = [Math.floor(i / PER_THEME), i % PER_THEME];
    return { itemId: `t${theme}-${item}`, title: `theme${themeOf(theme, item)} kind${item}` };
  });
  return chooseFor(carts(count), catalog);
}

/** Carts of a lamp and its bulb or, half as often each, one of three other things. Of each bulb the catalogue has three more of nearly the same name, of which one sells a little. */
function chooseForLamps(count: number) {
  const [lamps, others] = [12, 3];
  const catalog = Array.from({ length: lamps }, (_, lamp) => [
    { itemId: `lamp${lamp}`, title: `lamp shade${lamp}` },
    ...Array.from({ length: 4 }, (_, i) => ({ itemId: `bulb${lamp}-${i}`, title: `bulb socket${lamp} bright${lamp} ${i}` })),
    ...Array.from({ length: others }, (_, i) => ({ itemId: `other${lamp}-${i}`, title: `thing${lamp}x${i}` })),
  ]).flat();
  const random = createRandom(3);
  const carts = Array.from({ length: count }, () => {
    const lamp = random.below(lamps);
    const drawn = random.below(others + 2);
    return {
      events: [`lamp${lamp}`, drawn < others ? `other${lamp}-${drawn}` : `bulb${lamp}-${random.below(16) === 0 ? 1 : 0}`],
    };
  });
  return chooseFor(carts, catalog);
}

function chooseFor(sessions: { events: string[] }[], catalog: { itemId: string; title: string }[]) {
  const count = sessions.length;
  const log = aLog(sessions);
  const vocabulary = fitVocabulary(log, { from: 0, to: count }, catalog);
  return chooseContentStrength(toItemSessions(log, { from: 0, to: count }, vocabulary), {
    kind: 'carts',
    count: vocabulary.count,
    seed: 1,
    vectors: fitContentVectors(vocabulary.itemIds, catalog) ?? { similarTo: () => [] },
    minSupport: 2,
    neighbours: 10,
    isNearDuplicate: () => false,
    weighOf: (sessions, { counts }) => createCooccurrence(sessions, counts, CART_COOCCURRENCE),
  });
}

describe('chooseContentStrength', () => {
  it('lets titles speak where they tell what is bought together: items made cold are found again', () => {
    const { strength, tried } = choose(3000, (theme) => theme);
    const [none, ...others] = tried;
    expect(none).toMatchObject({ cold: 0 });
    expect(strength).toBeGreaterThan(0);
    expect(others.find((each) => each.strength === strength)).toMatchObject({ cold: 1, warm: none?.warm });
  });

  it('leaves content out where titles mislead: nothing is found again by them', () => {
    const { strength, tried } = choose(3000, (theme, item) => (theme * 5 + item * 7) % THEMES);
    expect(strength).toBeUndefined();
    expect(tried.map(({ cold }) => cold)).toEqual([0, 0, 0, 0]);
  });

  it('keeps what never sells off the slates of what does, though it costs a longer list nothing', () => {
    const { strength, tried } = chooseForLamps(8000);
    const [none, strongest] = [tried[0], tried.at(-1)];
    expect(strongest?.cold).toBeGreaterThan(0);
    expect(strongest?.warm).toBeGreaterThanOrEqual(none?.warm ?? 1);
    expect(strongest?.warmOnSlate).toBeLessThan(0.985 * (none?.warmOnSlate ?? 0));
    expect(strength).toBe(0.1);
  });

  it('lets content say little where there are too few sessions to tell', () => {
    expect(choose(40, (theme) => theme)).toMatchObject({ strength: 0.1, tried: [] });
  });
});
