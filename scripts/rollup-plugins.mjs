// The ten small rollup plugins that tillside's build needs; rollup.config.mjs says which output uses which.
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import MagicString from 'magic-string';
import { minifySync } from 'oxc-minify';

/** Empties `folder` before the first output is built, so that a file no longer built is no longer shipped. */
export function cleanFolder(folder) {
  return { name: 'clean-folder', buildStart: () => rm(folder, { recursive: true, force: true }) };
}

/** Chains the source maps of `tsc` and embeds the TypeScript, which is not in the package; drops an entry's own shebang. */
export function originalSources() {
  return {
    name: 'original-sources',
    async load(id) {
      if (!id.startsWith(`${resolve('.build')}/`)) return null;
      const [code, mapText] = await Promise.all([readFile(id, 'utf8'), readFile(`${id}.map`, 'utf8')]);
      const map = JSON.parse(mapText);
      map.sourcesContent = await Promise.all(map.sources.map((source) => readFile(join(dirname(id), source), 'utf8')));
      return { code: code.replace(/^#!.*/, '').replace(/\/\/# sourceMappingURL=.*\s*$/, ''), map };
    },
  };
}

/** Names a file of a folder as it lies in `dist/`: a shop's asset folder may have no folders in it. @param {string} path */
export const flatName = (path) => path.replace(/(?<=\w)\//g, '-');

/** Leaves an import of one of `specifiers` exactly as it is written: the file lies beside the output, not beside its source. */
export function siblingChunks(specifiers) {
  return {
    name: 'sibling-chunks',
    resolveId: {
      order: 'pre',
      handler: (specifier) => (specifiers.includes(specifier) ? { id: flatName(specifier), external: true } : null),
    },
  };
}

/** Takes the white space out of a template literal that is a style sheet: one that starts on a new line with `:host`. */
export function shortStyles() {
  return {
    name: 'short-styles',
    /** @param {string} code */
    transform(code) {
      const short = code.replace(/`\n:host[^`]*`/g, (sheet) =>
        sheet
          .replace(/\s*([{};,])\s*/g, '$1')
          .replace(/:\s+/g, ':')
          .replace(/;}/g, '}')
          .replace(/^`\s+/, '`'),
      );
      return short === code ? null : { code: short, map: null };
    },
  };
}

/** `long`, which TF.js uses for hashes, compiles a small wasm as it is imported: a strict policy refuses and reports that. It goes on without. */
export function withoutWasmOfLong() {
  return {
    name: 'without-wasm-of-long',
    transform(/** @type {string} */ code, /** @type {string} */ id) {
      if (!/node_modules\/long\/src\/long\.js$/.test(id)) return null;
      const without = code.replace(/wasm = new WebAssembly\.Instance\([^;]*\.exports;/, '');
      if (without === code) throw new Error(`${id} has changed: look how it compiles its wasm.`);
      return { code: without, map: null };
    },
  };
}

/** What comlink's proxy asks for beside calls: setting, constructing, an endpoint; and `bind`, which nobody calls. */
const BESIDE_CALLS = / {8}(?:set|construct)\(_target.*?\n {8}\},\n| {12}(?:\/\/[^\n]*\n {12})?if \(last === .*?\n {12}\}\n/gs;

/** Leaves out of comlink what is no call: the worker answers calls alone (decision 9), so it could never come back. */
export function callsOfComlink() {
  return {
    name: 'calls-of-comlink',
    transform(/** @type {string} */ code, /** @type {string} */ id) {
      if (!/node_modules\/comlink\/.*\.mjs$/.test(id)) return null;
      if (code.match(BESIDE_CALLS)?.length !== 4)
        throw new Error(`${id} has changed: look what its proxy asks for beside calls.`);
      const text = new MagicString(code).replace(BESIDE_CALLS, '');
      return { code: text.toString(), map: text.generateMap({ hires: true }) };
    },
  };
}

/** Of idb: advancing cursors, `store`, and its traps but `get`. */
const BESIDE_REQUESTS =
  / {4}if \(getCursorAdvanceMethods\(\)\.includes\(func\)\) \{\n.*?\n {4}\}\n| {12}\/\/ Make tx\.store return.*?\n {12}\}\n| {4}(?:set|has)\(target, prop.*?\n {4}\},\n/gs;

/** Leaves out of idb what the store never asks of it: cursors, `tx.store`, setting members and looking for them. */
export function requestsOfIdb() {
  return {
    name: 'requests-of-idb',
    transform(/** @type {string} */ code, /** @type {string} */ id) {
      if (!/node_modules\/idb\/build\/index\.js$/.test(id)) return null;
      if (code.match(BESIDE_REQUESTS)?.length !== 5) throw new Error(`${id} has changed: look what its proxies are asked for.`);
      const text = new MagicString(code).replace(BESIDE_REQUESTS, '');
      return { code: text.toString(), map: text.generateMap({ hires: true }) };
    },
  };
}

/** What keeps a shop's bundler from following an `import(url)` that only the browser can. */
const HINTS = '/* webpackIgnore: true */ /* @vite-ignore */ ';

/**
 * Minifies what Terser left: oxc-minify shares the names of private fields and counts letters anew, 2.5 % of what is sent. `except`: an
 * output whose `new URL('./file', import.meta.url)` bundlers know by its quotes, which oxc-minify changes.
 */
export function squeeze(except = '') {
  return {
    name: 'squeeze',
    renderChunk(/** @type {string} */ code, /** @type {{ fileName: string }} */ { fileName }) {
      if (fileName === except) return null;
      const {
        code: smaller,
        map,
        errors,
      } = minifySync(fileName, code, {
        module: true,
        compress: { target: 'es2022' },
        mangle: { toplevel: true },
        codegen: { removeWhitespace: true, legalComments: 'inline' },
        sourcemap: true,
      });
      if (errors.length) throw new Error(`oxc-minify refuses ${fileName}: ${errors[0]?.message}`);
      return { code: smaller, map };
    },
  };
}

/** Puts the hints for bundlers back, which `squeeze` drops like all comments, and the quotes by which they know a file beside ours. */
export function bundlerHints() {
  return {
    name: 'bundler-hints',
    renderChunk(/** @type {string} */ code) {
      const text = new MagicString(code);
      text.replace(/\bimport\((?=[\w$.])/g, `import(${HINTS}`);
      text.replace(/\bimport\(`(\.[^`$]+)`\)/g, 'import("$1")');
      return text.hasChanged() ? { code: text.toString(), map: text.generateMap({ hires: true }) } : null;
    },
  };
}

/** The first line of a file of which nearly all runs at its start: V8 compiles its functions with it, none of them a second time when it is called. */
const ALL_CALLED = '//# allFunctionsCalledOnLoad\n';

/** Has the browser compile a whole file at once. @see https://v8.dev/blog/explicit-compile-hints */
export function compiledAtOnce() {
  return {
    name: 'compiled-at-once',
    renderChunk(/** @type {string} */ code) {
      const text = new MagicString(code).prepend(ALL_CALLED);
      return { code: text.toString(), map: text.generateMap({ hires: true }) };
    },
  };
}

const packageOf = (id) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
const noticed = new Set();

/** Appends the licence of every npm package that ends up in an output to `THIRD-PARTY-LICENSES.txt`, once per build. */
export function licences(folder) {
  return {
    name: 'licences',
    async writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const modules = chunks.flatMap((chunk) => Object.entries(chunk.modules)).filter(([, module]) => module.renderedLength > 0);
      const folders = new Set(modules.map(([id]) => packageOf(id.replace('\0', ''))).filter(Boolean));
      for (const packageFolder of [...folders].sort()) {
        if (noticed.has(packageFolder)) continue;
        noticed.add(packageFolder);
        await mkdir(folder, { recursive: true });
        await appendFile(join(folder, 'THIRD-PARTY-LICENSES.txt'), await noticeOf(packageFolder));
      }
    },
  };
}

async function noticeOf(packageFolder) {
  const { name, version, license } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  const candidates = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license'].map((file) =>
    readFile(join(packageFolder, file), 'utf8'),
  );
  const text = await Promise.any(candidates).catch(
    () => `Its package holds no licence text; it declares ${license} (${relative('.', packageFolder)}).`,
  );
  return `${name} ${version} (${license})\n\n${text.trim()}\n\n${'-'.repeat(80)}\n\n`;
}
