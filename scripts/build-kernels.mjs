// Compiles the AssemblyScript kernels and writes them as text into src/core/model/own/kernels-wasm.ts, which is committed: tests and editors
// need no build. A test holds the file to its source.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const FOLDER = fileURLToPath(new URL('../src/core/model/own/', import.meta.url));
const TARGET = join(FOLDER, 'kernels-wasm.ts');

/** @returns {Promise<string>} the module that holds the kernels */
export async function compileKernels() {
  const folder = await mkdtemp(join(tmpdir(), 'tillside-kernels-'));
  try {
    const file = join(folder, 'kernels.wasm');
    const options = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1'];
    const { error, stderr } = await main([join(FOLDER, 'assembly/kernels.ts'), '--baseDir', '/', ...options, '--outFile', file]);
    if (error) throw new Error(`${error.message}\n${stderr}`);
    const bytes = await readFile(file);
    return [
      `// Compiled from assembly/kernels.ts by scripts/build-kernels.mjs: ${bytes.length} bytes.`,
      '',
      '/** The SIMD kernels, a wasm module in hex: gzip finds its repetitions in whole bytes, and packs it a third smaller than base64. */',
      '// biome-ignore format: one piece',
      `export const KERNELS_WASM = '${bytes.toString('hex')}';`,
      '',
    ].join('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await compileKernels();
  if (text !== (await readFile(TARGET, 'utf8').catch(() => ''))) await writeFile(TARGET, text);
}
