import { type Baseline, type FitData, fixed, overGrid } from './baseline.js';
import { createBoostedTrees } from './boosted-trees.js';
import { createConditional } from './conditional.js';
import { createCosine, createWeightedCosine } from './cosine.js';
import { createEaseBaseline } from './ease.js';
import { createLogistic } from './logistic.js';
import { createOwnEase, createOwnFrequency } from './own-frequency.js';
import { createOwnLast } from './own-last.js';
import { createPopularity } from './popularity.js';
import { createPrototype } from './prototype.js';
import { createSequentialRules } from './sequential-rules.js';
import { createSessionKnn, createVectorSessionKnn } from './session-knn.js';
import { createUserCosine, createUserPearson } from './user-knn.js';
import { indexUsers } from './users.js';

const NEIGHBOURS = [100, 50, 200, 500].map((neighbours) => ({ neighbours }));
const VECTORS = [100, 500].flatMap((neighbours) =>
  [1, 0].flatMap((decay) => [0, 0.5].map((length) => ({ neighbours, decay, length }))),
);
const CONDITIONAL = [0.5, 0.25, 0.75].flatMap((damping) => [0.5, 1].map((length) => ({ damping, length })));
const RIDGES = [100, 30, 300, 10, 1000];
const OWN_EASE = RIDGES.flatMap((ridge) => [0.5, 0.25].map((weight) => ({ ridge, weight, halfLifeDays: 120 })));
const TREES = [100, 200].flatMap((trees) => [3, 4].map((depth) => ({ trees, depth })));

const rulesOf = ({ sets, log, range, once }: FitData) => once('sequential-rules', () => createSequentialRules(sets, log, range));
const usersOf = ({ sets, log, range, once }: FitData) => once('users', () => indexUsers(log, range, sets));

const PROTOTYPES = [
  { own: 0.5, related: 0.15, repeats: 1 },
  { own: 0.3, related: 0.3, repeats: 0.5 },
  { own: 0.5, related: 0.3, repeats: 1.5 },
  { own: 1, related: 0.15, repeats: 0.75 },
  { own: 1, related: 0, repeats: 1.25 },
  { own: 2, related: 0.3, repeats: 2 },
];

/** Every baseline, in the order of a report. */
export const BASELINES: readonly Baseline[] = [
  fixed('popularity', ({ sets }) => createPopularity(sets)),
  fixed('cosine', ({ sets, once }) => once('cosine', () => createCosine(sets))),
  fixed('cosine-weighted', ({ sets, once }) => once('cosine-weighted', () => createWeightedCosine(sets))),
  overGrid('conditional', CONDITIONAL, ({ sets }, settings) => createConditional(sets, settings)),
  fixed('sequential-rules', rulesOf),
  overGrid('s-knn', NEIGHBOURS, ({ sets }, settings) => createSessionKnn(sets, settings)),
  overGrid('vs-knn', VECTORS, ({ sets }, settings) => createVectorSessionKnn(sets, settings)),
  overGrid('user-cosine', NEIGHBOURS, (data, settings) => createUserCosine(data.sets, usersOf(data), settings)),
  overGrid('user-pearson', NEIGHBOURS, (data, settings) => createUserPearson(data.sets, usersOf(data), settings)),
  overGrid(
    'ease',
    RIDGES.map((ridge) => ({ ridge })),
    createEaseBaseline,
  ),
  fixed('own-last-5', (data) => createOwnLast(data.sets, rulesOf(data))),
  overGrid(
    'own-frequency',
    [120, 30, 100_000].map((halfLifeDays) => ({ halfLifeDays })),
    ({ sets }, settings) => createOwnFrequency(sets, settings),
  ),
  overGrid('own-frequency-ease', OWN_EASE, createOwnEase),
  overGrid(
    'logistic',
    [1e-4, 1e-2].map((ridge) => ({ ridge })),
    createLogistic,
  ),
  overGrid('boosted-trees', TREES, createBoostedTrees),
  overGrid('prototype', PROTOTYPES, createPrototype),
];

/** Names that `--baselines` takes. */
export const BASELINE_NAMES: readonly string[] = BASELINES.map(({ name }) => name);

/** Those that invert a matrix on TF.js, which must be open before they are fitted. */
export const EASE_BASELINES: readonly string[] = ['ease', 'own-frequency-ease', 'prototype'];

/** What `train` measures beside: each is fitted in a moment and has the settings of its paper. */
export const CLASSIC_BASELINES: readonly string[] = [
  'popularity',
  'cosine',
  'cosine-weighted',
  'sequential-rules',
  's-knn',
  'vs-knn',
];
