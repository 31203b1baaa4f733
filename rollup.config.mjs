// Emitted JS of `tsc -b` (.build/) → dist/. What is one file here is one file in the package; docs/architecture.md draws it.
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { builtinModules } from 'node:module';
import {
  bundlerHints,
  callsOfComlink,
  cleanFolder,
  compiledAtOnce,
  flatName,
  licences,
  originalSources,
  requestsOfIdb,
  shortStyles,
  siblingChunks,
  squeeze,
  withoutWasmOfLong,
} from './scripts/rollup-plugins.mjs';
import { resolve } from 'node:path';
import { byLikeness } from './scripts/by-likeness.mjs';
import { allTexts, textsAside } from './scripts/texts-aside.mjs';

const BUILD = '.build';
const DIST = 'dist';
const nodeBuiltins = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

/** Comments that keep a shop's bundler from following the worker's `import(url)`. */
const BUNDLER_HINTS = /webpackIgnore|@vite-ignore/;

/**
 * `inline: 1`: a function with parameters that is called once stays where it is, which gzips better.
 * `typeofs: false`: Terser's default rewrites `typeof` checks that the Emscripten loader in tfjs-backend-wasm depends on.
 */
const minify = (more = {}) =>
  terser({
    ecma: 2022,
    module: true,
    compress: {
      passes: 4,
      typeofs: false,
      unsafe_arrows: true,
      unsafe_methods: true,
      pure_getters: true,
      keep_fargs: false,
      inline: 1,
      ...more,
    },
    format: { comments: BUNDLER_HINTS },
  });

/** A warning about our own code fails the build; what npm packages do inside themselves is theirs. */
function onwarn(warning) {
  const ids = warning.ids ?? [warning.id ?? ''];
  const broken = warning.code === 'UNRESOLVED_IMPORT' || warning.code === 'MISSING_EXPORT';
  if (broken || !ids.every((id) => id.includes('node_modules'))) throw new Error(`${warning.code}: ${warning.message}`);
}

/** With the text of TF.js inside, each of these two maps would be 11 MB. */
const WITHOUT_SOURCES = { sourcemapExcludeSources: true };

const browserPlugins = () => [
  originalSources(),
  shortStyles(),
  withoutWasmOfLong(),
  callsOfComlink(),
  requestsOfIdb(),
  nodeResolve({ browser: true }),
  commonjs(),
  licences(DIST),
];

/**
 * Calls inside libraries whose work is not ours, so their code is left out: idb's shortcuts on the database and its cursor iterators (the
 * store uses neither), and of comlink what serves proxied callbacks and releases (only plain data crosses, and a worker is terminated whole).
 * Its `FinalizationRegistry` is one of those.
 */
const treeshake = {
  manualPureFunctions: [
    'replaceTraps',
    'expose',
    'registerProxy',
    'unregisterProxy',
    'throwIfProxyReleased',
    'releaseEndpoint',
    'FinalizationRegistry',
  ],
};

/** A browser module that loads nothing beside itself: everything it needs is in the one file. */
const selfContained = (file, entry, output = {}, smaller = [squeeze(), bundlerHints()]) => ({
  input: `${BUILD}/${entry}`,
  output: { file: `${DIST}/${file}`, format: 'es', sourcemap: true, inlineDynamicImports: true, ...output },
  plugins: [...browserPlugins(), minify(), ...smaller],
  treeshake,
  onwarn,
});

const LOCALES = ['ar', 'de', 'es', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt', 'sv'];
/** What `element.js` loads when it is needed. */
const WIDGET_CHUNKS = ['./card-tools.js', './card-pictures.js', ...LOCALES.map((locale) => `./locale/${locale}.js`)];

/** What `privacy.js` loads when it is needed. */
const PRIVACY_CHUNKS = LOCALES.map((locale) => `./privacy-locale/${locale}.js`);

const widgetFile = (file, entry) => {
  const output = selfContained(file, entry);
  return { ...output, plugins: [siblingChunks([...WIDGET_CHUNKS, ...PRIVACY_CHUNKS]), ...output.plugins] };
};

/** What `index.js` loads when it is needed; each lies beside it and is built by itself. */
const CHUNKS = [
  './loop.js',
  './page-engine.js',
  './json-ld.js',
  './sources.js',
  './receipt.js',
  './analytics.js',
  './offers.js',
  './holdout.js',
  './messages.js',
];

/** What a worker loads where suggestions are made: without its texts, which `messages.js` has. */
const inWorker = (file, entry, compress = {}) => ({
  ...selfContained(file, entry),
  plugins: [textsAside(BUILD), ...browserPlugins(), minify(compress), squeeze(), byLikeness(), bundlerHints(), compiledAtOnce()],
});

const loopAlone = selfContained('loop.js', 'loop.js');
const loop = { ...loopAlone, plugins: [...browserPlugins(), minify(), squeeze(), byLikeness(), bundlerHints()] };

const messages = selfContained('messages.js', 'messages.js');

const npmEntry = {
  input: `${BUILD}/index.js`,
  output: { file: `${DIST}/index.js`, format: 'es', sourcemap: true },
  plugins: [cleanFolder(DIST), siblingChunks(CHUNKS), ...browserPlugins(), minify(), squeeze('index.js')],
  treeshake,
  onwarn,
};

/** The loop's stand-in where a shop measures: it imports the loop that lies beside it. */
const holdoutAlone = selfContained('holdout.js', 'holdout.js');
const holdout = { ...holdoutAlone, plugins: [siblingChunks(['./loop.js']), ...holdoutAlone.plugins] };

/** The adapters, a file each and what several share: `sources.js` loads those that a page needs. */
const sources = {
  input: `${BUILD}/sources.js`,
  output: {
    dir: DIST,
    format: 'es',
    sourcemap: true,
    // flat, as a shop's asset folder may have no folders in it
    chunkFileNames: 'adapter-[name].js',
    manualChunks(id) {
      // What a holdout test writes with lies where the adapters have it: they load no more files than without one.
      if (/\/shopify-(cart|page|variant)\.js$/.test(id)) return 'shopify-variant';
      if (/\/woocommerce(-store-api)?\.js$/.test(id)) return 'woocommerce';
      return /sources\.js$|\/adapters\/(?!money|stated-values|value-at)/.test(id) ? undefined : 'shared';
    },
  },
  plugins: [...browserPlugins(), minify(), squeeze()],
  treeshake,
  onwarn,
};

/** Entries that a framework's file imports as they are, so that all of them are one instance. */
const SHARED = new Map(['index', 'element'].map((entry) => [resolve(BUILD, `${entry}.js`), `./${entry}.js`]));

/** A module for users of one framework, which is theirs to install. */
const forFramework = (name, banner = '') => ({
  ...selfContained(`${name}.js`, `${name}.js`, { paths: Object.fromEntries(SHARED), banner }),
  // No library's calls are left out here: Vue too has an `expose`.
  treeshake: true,
  external: (id) => id === name || SHARED.has(id),
  // Terser drops directives that it does not know.
  plugins: [...browserPlugins(), minify({ directives: false })],
});

/** A classic script: its chunks are found from `document.currentScript.src`, never by a static dynamic import. */
const scriptTag = {
  input: `${BUILD}/auto.js`,
  output: { file: `${DIST}/auto.js`, format: 'iife', sourcemap: true },
  plugins: [...browserPlugins(), minify(), squeeze(), bundlerHints()],
  treeshake,
  onwarn,
};

/** TF.js and its Emscripten loaders still `require` Node's own modules and read `__dirname` at run time. */
const COMMONJS_GLOBALS = `import { createRequire as tillsideCreateRequire } from 'node:module';
import { dirname as tillsideDirname } from 'node:path';
import { fileURLToPath as tillsideFileURLToPath } from 'node:url';
const require = tillsideCreateRequire(import.meta.url);
const __filename = tillsideFileURLToPath(import.meta.url);
const __dirname = tillsideDirname(__filename);`;

const commandLine = {
  input: `${BUILD}/train/cli.js`,
  external: (id) => nodeBuiltins.has(id) || id === '@duckdb/node-api' || id === 'playwright',
  output: {
    file: `${DIST}/cli.js`,
    format: 'es',
    sourcemap: true,
    inlineDynamicImports: true,
    banner: `#!/usr/bin/env node\n${COMMONJS_GLOBALS}`,
    ...WITHOUT_SOURCES,
  },
  plugins: [originalSources(), nodeResolve({ exportConditions: ['node'], preferBuiltins: true }), commonjs(), licences(DIST)],
  onwarn,
};

export default [
  npmEntry,
  widgetFile('element.js', 'element.js'),
  ...WIDGET_CHUNKS.map((chunk) => widgetFile(flatName(chunk.slice(2)), `page/widget/${chunk.slice(2)}`)),
  loop,
  sources,
  selfContained('page-engine.js', 'page-engine.js'),
  selfContained('offers.js', 'offers.js'),
  selfContained('json-ld.js', 'json-ld.js'),
  selfContained('receipt.js', 'receipt.js'),
  selfContained('analytics.js', 'analytics.js'),
  holdout,
  widgetFile('privacy.js', 'privacy.js'),
  ...PRIVACY_CHUNKS.map((chunk) => widgetFile(flatName(chunk.slice(2)), `page/privacy/${chunk.slice(2)}`)),
  inWorker('worker.js', 'worker/worker.js', { hoist_funs: true }), // functions first gzips better here, and worse elsewhere
  inWorker('runtime.js', 'core/model/own/own-runtime.js'),
  { ...messages, plugins: [allTexts(BUILD), ...messages.plugins] },
  selfContained('tfjs.js', 'core/model/tfjs-runtime.js', WITHOUT_SOURCES, []),
  forFramework('react', "'use client';"), // a server component may import it
  forFramework('vue'),
  selfContained('testing.js', 'testing.js'),
  scriptTag,
  commandLine,
];
