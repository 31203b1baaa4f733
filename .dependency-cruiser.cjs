// design: page, worker and train import core; none of them imports another; core imports none. docs/architecture.md explains it.
// `npm run verify` plants one violation of every rule below (scripts/import-rule.mjs) and fails if one is not caught.
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** `packages` may be imported by files that match `home` and by no other in src/. */
const onlyHome = (name, home, packages) =>
  error(name, `${packages} at home only: ${home}`, { path: '^src/', pathNot: home }, { path: packages });

/** A stage of core knows only the stages before it. */
const stage = (name, forbidden) =>
  error(
    `core-${name}-order`,
    'domain ← features ← model ← engine → rank → domain',
    { path: `^src/core/${name}/` },
    { path: `^src/core/(${forbidden})/` },
  );

module.exports = {
  forbidden: [
    error('core-knows-no-room', 'core runs anywhere', { path: '^src/core/' }, { path: '^src/(page|worker|train)/' }),
    error(
      'rooms-apart',
      'page, worker and train meet in core only',
      { path: '^src/(page|worker|train)/' },
      {
        path: '^src/(page|worker|train)/',
        pathNot: '^src/$1/',
      },
    ),
    error(
      'entries-are-of-the-page',
      'index, auto and element run on the page',
      { path: '^src/[^/]+\\.ts$' },
      { path: '^src/(worker|train)/' },
    ),
    error(
      'entries-are-imported-by-none',
      'an entry is where a program starts',
      { path: '^src/[^/]+/' },
      { path: '^src/[^/]+\\.ts$' },
    ),

    error('core-errors-first', 'errors.ts imports nothing', { path: '^src/core/errors\\.ts$' }, { path: '.+' }),
    stage('domain', 'features|model|rank|engine'),
    stage('features', 'model|rank|engine'),
    stage('model', 'rank|engine'),
    stage('rank', 'features|model|engine'),

    error(
      'offers-are-loaded',
      'their bytes are in offers.js and the command line, and in nothing else: docs/decisions/0030',
      { path: '^src/', pathNot: '^src/(core/offers/|offers\\.ts$|train/)' },
      { path: '^src/core/offers/' },
    ),
    onlyHome('home-of-comlink', '^src/(worker|page/connect)/', '(^|/)node_modules/comlink/'),
    onlyHome('home-of-idb', '^src/worker/store/', '(^|/)node_modules/idb/'),
    onlyHome('home-of-tfjs', '^src/(core/model|train)/', '(^|/)node_modules/@tensorflow/'),
    onlyHome('home-of-duckdb', '^src/train/', '(^|/)node_modules/@duckdb/'),
    onlyHome('home-of-playwright', '^src/train/(doctor|commands)/', '(^|/)node_modules/playwright(-core)?/'),
    onlyHome('home-of-react', '^src/(react\\.ts|page/react/)', '(^|/)node_modules/(@types/)?react/'),
    onlyHome('home-of-vue', '^src/(vue\\.ts|page/vue/)', '(^|/)node_modules/vue/'),
    error(
      'frameworks-at-the-edge',
      'what is for one framework, or for tests, is imported by its own entry only',
      { path: '^src/', pathNot: '^src/(page/)?(react|vue|testing)[/.]' },
      { path: '^src/page/(react|vue|testing)/' },
    ),
    onlyHome('home-of-zod', '^src/(train/|core/.*\\.schema\\.ts$)', '(^|/)node_modules/zod/'),
    error(
      'no-schema-in-the-browser',
      'zod is a quarter of the worker: import type only, docs/decisions/0008',
      { path: '^src/', pathNot: '^src/train/' },
      {
        path: '\\.schema\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    error('home-of-node', 'node:* in train only', { path: '^src/', pathNot: '^src/train/' }, { dependencyTypes: ['core'] }),
    error(
      'no-other-package',
      'comlink, idb, zod, TF.js, DuckDB and Playwright are all that tillside is built on; React and Vue are what its users have',
      { path: '^src/' },
      {
        dependencyTypesNot: ['local', 'core', 'undetermined', 'unknown'],
        pathNot: [
          '^src/',
          '(^|/)node_modules/(comlink|idb|zod|@tensorflow|@duckdb|playwright|playwright-core|react|@types/react|vue)/',
        ],
      },
    ),

    error('no-cycle', 'left to right, once', { path: '^src/' }, { circular: true }),
    error('no-unresolved', 'an import of nothing', { path: '^src/' }, { couldNotResolve: true }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
