import type { Query } from '../query.js';
import { bestOf, type Recommender } from '../recommender.js';
import { createScoreSheet, type SessionSets } from './session-sets.js';
import type { Users } from './users.js';

export interface UserKnnSettings {
  /** most similar shoppers whose items are recommended */
  readonly neighbours: number;
}

/** How alike two sets of items are. @param shared items in both @param a, b items in each @param all items there are */
type Likeness = (shared: number, sizes: { readonly a: number; readonly b: number; readonly all: number }) => number;

const cosine: Likeness = (shared, { a, b }) => shared / Math.sqrt(a * b);

/** Of two rows of zeros and ones; it differs from the cosine by what chance would share. */
const pearson: Likeness = (shared, { a, b, all }) => {
  const spread = a * (all - a) * b * (all - b);
  return spread === 0 ? 0 : (all * shared - a * b) / Math.sqrt(spread);
};

/** Recommends what the shoppers with the most similar purchases bought, by cosine. @see Breese et al. 1998, https://arxiv.org/abs/1301.7363 */
export function createUserCosine(sets: SessionSets, users: Users, settings: UserKnnSettings): Recommender {
  return createUserKnn({ sets, users }, { name: 'user-cosine', likeness: cosine, ...settings });
}

/** The same by Pearson correlation; the mean-centred sum ranks alike where every value is 0 or 1. @see Resnick et al. 1994, https://doi.org/10.1145/192844.192905 */
export function createUserPearson(sets: SessionSets, users: Users, settings: UserKnnSettings): Recommender {
  return createUserKnn({ sets, users }, { name: 'user-pearson', likeness: pearson, ...settings });
}

interface UserKnn extends UserKnnSettings {
  readonly name: string;
  readonly likeness: Likeness;
}

/** The shopper who asks is what is shown and, where it is known, what was bought before. */
function createUserKnn(
  { sets, users }: { sets: SessionSets; users: Users },
  { name, likeness, neighbours }: UserKnn,
): Recommender {
  const all = sets.itemIds.reduce((count, itemId) => count + (sets.numberOf(itemId) === -1 ? 0 : 1), 0);
  const shared = new Uint32Array(users.count);
  const weights = new Float64Array(users.count);
  const touched = new Uint32Array(users.count);
  const sheet = createScoreSheet(sets);
  return {
    name,
    usesHistory: true,
    recommend(query, k) {
      const profile = profileOf(sets, query);
      let count = 0;
      for (const item of profile) {
        const theirs = users.usersOf(item);
        for (let i = 0; i < theirs.length; i++) {
          const user = theirs[i] as number;
          if (shared[user] === 0) touched[count++] = user;
          shared[user] = (shared[user] as number) + 1;
        }
      }
      const found = touched.subarray(0, count);
      for (let i = 0; i < count; i++) {
        const user = found[i] as number;
        const sizes = { a: profile.size, b: users.itemsOf(user).length, all };
        weights[user] = likeness(shared[user] as number, sizes);
        shared[user] = 0;
      }
      for (const user of bestOf(weights, found, neighbours).slice(0, neighbours)) {
        sheet.addEach(users.itemsOf(user), weights[user] as number);
      }
      for (let i = 0; i < count; i++) weights[found[i] as number] = 0;
      return sheet.finish(query, k);
    },
  };
}

function profileOf(sets: SessionSets, { shown, history }: Query): Set<number> {
  const items = [...shown, ...history.map(({ itemId }) => itemId)].map((itemId) => sets.numberOf(itemId));
  return new Set(items.filter((item) => item !== -1));
}
