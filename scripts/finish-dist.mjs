// After rollup: what dist/ holds beside scripts. Declarations, TF.js's .wasm files, the digests of what browsers load.
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeElements } from './custom-elements.mjs';

const BUILD = '.build';
const DIST = 'dist';
const ENTRIES = ['index', 'element', 'privacy', 'react', 'vue', 'testing', 'auto', 'worker/worker'];
const PUBLIC_DECLARATIONS = ENTRIES.map((entry) => `${entry}.d.ts`);
/** Who imports `tillside/react` has React. */
const FRAMEWORKS = /^(page\/)?(react|vue)[/.]/;
/** No threads: at batch 1 they bring nothing, and they need cross-origin isolation. */
const WASM_FILES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];
const NOT_FOR_BROWSERS = new Set(['cli.js']);

/**
 * Copies the declarations that `entries` reach; one that needs another package would be `any` at the user's, so it fails.
 *
 * @param {readonly string[]} entries
 */
async function copyDeclarations(entries) {
  const queue = [...entries];
  const seen = new Set(queue);
  for (let file = queue.pop(); file; file = queue.pop()) {
    const text = await readFile(join(BUILD, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      const framework = FRAMEWORKS.exec(file)?.[2];
      if (framework && specifier.split('/')[0] === framework) continue;
      if (!specifier.startsWith('.'))
        throw new Error(`${file} exposes the package '${specifier}', which users of tillside do not have.`);
      const target = join(dirname(file), specifier).replace(/\.js$/, '.d.ts');
      if (!seen.has(target)) queue.push(target);
      seen.add(target);
    }
    const copy = join(DIST, 'types', file);
    await mkdir(dirname(copy), { recursive: true });
    // The maps lead to src/, which is not in the package.
    await writeFile(copy, text.replace(/\/\/# sourceMappingURL=.*\s*$/, ''));
  }
}

async function copyWasm() {
  await mkdir(join(DIST, 'wasm'), { recursive: true });
  for (const file of WASM_FILES)
    await copyFile(join('node_modules/@tensorflow/tfjs-backend-wasm/dist', file), join(DIST, 'wasm', file));
}

/** Writes `integrity.json`: file → subresource integrity of everything that a browser loads. */
async function writeIntegrity() {
  const scripts = (await readdir(DIST)).filter((file) => file.endsWith('.js') && !NOT_FOR_BROWSERS.has(file)).sort();
  /** @type {Record<string, string>} */
  const integrity = {};
  for (const file of [...scripts, ...WASM_FILES.map((name) => `wasm/${name}`)]) {
    integrity[file] = `sha384-${createHash('sha384')
      .update(await readFile(join(DIST, file)))
      .digest('base64')}`;
  }
  await writeFile(join(DIST, 'integrity.json'), `${JSON.stringify(integrity, null, 2)}\n`);
}

/** Writes the custom elements manifest, which editors and catalogues read. */
async function writeCustomElements() {
  const manifest = await describeElements('src/page/widget', 'dist/element.js');
  const { modules } = await describeElements('src/page/privacy', 'dist/privacy.js');
  manifest.modules.push(...modules);
  await writeFile(join(DIST, 'custom-elements.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

await copyDeclarations(PUBLIC_DECLARATIONS);
await copyWasm();
await writeCustomElements();
await writeIntegrity();
await chmod(join(DIST, 'cli.js'), 0o755);
