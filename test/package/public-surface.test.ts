import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEmptyFolder } from './support/install.js';

const folder = anEmptyFolder();
const dist = join(folder.path, 'node_modules/tillside/dist');
beforeAll(async () => void (await folder.install()));
afterAll(folder.remove);

/** What a Node program of the package's user prints as JSON. */
async function printedBy(program: string): Promise<unknown> {
  const { stdout, stderr } = await folder.run(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe('the packed tarball', () => {
  it('exports three names from its entry and one from its element', async () => {
    const names = await printedBy(`
      const [index, element] = [await import('tillside'), await import('tillside/element')];
      console.log(JSON.stringify([Object.keys(index), Object.keys(element)]));`);
    expect(names).toEqual([['TillsideError', 'createTillside', 'version'], ['TillsideSuggestionsElement']]);
  });

  it('can be imported on a server, where it reads and writes no global', async () => {
    // Who reads one of a browser's globals is seen by its getter; who writes one, by the list of names.
    const touched = await printedBy(`
      const touched = [];
      for (const name of ['window', 'document', 'localStorage', 'indexedDB', 'location', 'navigator', 'Worker'])
        Object.defineProperty(globalThis, name, { configurable: true, get() { touched.push(name); return undefined; } });
      const before = Reflect.ownKeys(globalThis).map(String);
      await import('tillside');
      await import('tillside/element');
      const after = Reflect.ownKeys(globalThis).map(String);
      console.log(JSON.stringify({ read: touched, added: after.filter((name) => !before.includes(name)) }));`);
    expect(touched).toEqual({ read: [], added: [] });
  });

  it('opens nothing but its entries', async () => {
    const codes = await printedBy(`
      const ways = ['tillside', 'tillside/package.json', 'tillside/dist/cli.js', 'tillside/dist/index.js', 'tillside/worker.js'];
      const tried = ways.map((way) => { try { return import.meta.resolve(way) && 'open'; } catch (error) { return error.code; } });
      console.log(JSON.stringify(tried));`);
    const closed = 'ERR_PACKAGE_PATH_NOT_EXPORTED';
    expect(codes).toEqual(['open', 'open', closed, closed, closed]);
  });

  it('lists the digest of every script and .wasm that a browser loads', () => {
    const integrity = JSON.parse(readFileSync(join(dist, 'integrity.json'), 'utf8')) as Record<string, string>;
    const scripts = readdirSync(dist).filter((file) => file.endsWith('.js') && file !== 'cli.js');
    const wasm = readdirSync(join(dist, 'wasm')).map((file) => `wasm/${file}`);
    expect(Object.keys(integrity).sort()).toEqual([...scripts, ...wasm].sort());
    for (const [file, expected] of Object.entries(integrity)) {
      const digest = createHash('sha384')
        .update(readFileSync(join(dist, file)))
        .digest('base64');
      expect(`${file} sha384-${digest}`).toBe(`${file} ${expected}`);
    }
  });

  it('holds the built files and the words about them, no sources and no tests', () => {
    const top = readdirSync(join(folder.path, 'node_modules/tillside')).sort();
    expect(top).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
    expect(readdirSync(dist).sort()).toEqual(
      [
        ...['auto', 'cli', 'element', 'index', 'json-ld', 'page', 'page-engine', 'tfjs', 'worker'].flatMap((name) => [
          `${name}.js`,
          `${name}.js.map`,
        ]),
        ...['THIRD-PARTY-LICENSES.txt', 'integrity.json', 'types', 'wasm'],
      ].sort(),
    );
  });
});
