import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEmptyFolder, pinned, ROOT } from './support/install.js';

const folder = anEmptyFolder();
const dist = join(folder.path, 'node_modules/tillside/dist');
beforeAll(async () => void (await folder.install(pinned('react'), pinned('react-dom'), pinned('vue'))));
afterAll(folder.remove);

/** What a Node program of the package's user prints as JSON. */
async function printedBy(program: string): Promise<unknown> {
  const { stdout, stderr } = await folder.run(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe('the packed tarball', () => {
  it('exports what its documentation names, and no more', async () => {
    const names = await printedBy(`
      const entries = ['tillside', 'tillside/element', 'tillside/privacy', 'tillside/react', 'tillside/vue', 'tillside/testing'];
      console.log(JSON.stringify(await Promise.all(entries.map(async (entry) => Object.keys(await import(entry))))));`);
    expect(names).toEqual([
      ['TillsideError', 'createTillside', 'version'],
      ['TillsideSuggestionsElement'],
      ['TillsidePrivacyElement'],
      ['TillsideSuggestions', 'useSuggestions', 'useTillside'],
      ['TillsideSuggestions', 'createTillsidePlugin', 'useSuggestions', 'useTillside'],
      ['aSlate', 'aSlateItem', 'aSlateOf', 'anEngineStatus', 'anEvent', 'anItem', 'createFakeTillside'],
    ]);
  });

  it('is imported and rendered on a server whose globals are traps', async () => {
    // React and Vue look around first, on their own behalf. Then every name that a browser has and Node has not, or that could leak, throws when it is read.
    const written = await printedBy(`
      const [React, { renderToString }] = [await import('react'), await import('react-dom/server')];
      const [Vue, vueServer] = [await import('vue'), await import('vue/server-renderer')];
      renderToString(React.createElement('p'));
      await vueServer.renderToString(Vue.createSSRApp({ render: () => Vue.h('p') }));
      const names = ['window', 'document', 'self', 'localStorage', 'sessionStorage', 'indexedDB', 'location', 'history', 'navigator', 'Worker',
        'BroadcastChannel', 'fetch', 'XMLHttpRequest', 'IntersectionObserver', 'MutationObserver', 'requestAnimationFrame', 'Node', 'Document'];
      for (const name of names)
        Object.defineProperty(globalThis, name, { configurable: true, get() { throw new Error(name + ' was read'); } });
      const before = new Set(Reflect.ownKeys(globalThis));
      await import('tillside');
      await import('tillside/element');
      await import('tillside/privacy');
      await import('tillside/testing');
      const forReact = await import('tillside/react');
      const forVue = await import('tillside/vue');
      const App = () => {
        forReact.useTillside({ bundle: '/m.json' });
        forReact.useSuggestions();
        return React.createElement(forReact.TillsideSuggestions, { size: 3 });
      };
      const html = [renderToString(React.createElement(App))];
      const app = Vue.createSSRApp({
        setup() {
          forVue.useTillside({ bundle: '/m.json' });
          forVue.useSuggestions();
          return () => Vue.h(forVue.TillsideSuggestions, { size: 3 });
        },
      });
      html.push(await vueServer.renderToString(app));
      const added = Reflect.ownKeys(globalThis).filter((name) => !before.has(name)).map(String);
      console.log(JSON.stringify({ html, added }));`);
    expect(written).toEqual({
      html: [
        '<tillside-suggestions placement="cart" size="3" heading=""></tillside-suggestions>',
        '<tillside-suggestions placement="cart" size="3" heading></tillside-suggestions>',
      ],
      added: [],
    });
  });

  it('says on a server where createTillside is to be called', async () => {
    const thrown = await printedBy(`
      const { createTillside } = await import('tillside');
      try { createTillside({ bundle: '/m.json' }); } catch ({ name, code }) { console.log(JSON.stringify({ name, code })); }`);
    expect(thrown).toEqual({ name: 'TillsideError', code: 'page-required' });
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
        ...[
          ...[
            'adobe',
            'ga4',
            'microdata',
            'shared',
            'shopify',
            'shopify-theme',
            'shopify-variant',
            'woocommerce',
            'write-arm',
          ].map((name) => `adapter-${name}`),
          ...['ar', 'de', 'es', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt', 'sv'].flatMap((language) => [
            `locale-${language}`,
            `privacy-locale-${language}`,
          ]),
          ...[
            'analytics',
            'auto',
            'card-pictures',
            'card-tools',
            'cli',
            'element',
            'holdout',
            'index',
            'json-ld',
            'loop',
            'messages',
            'offers',
            'page-engine',
            'privacy',
          ],
          ...['react', 'receipt', 'runtime', 'sources', 'testing', 'tfjs', 'vue', 'worker'],
        ].flatMap((name) => [`${name}.js`, `${name}.js.map`]),
        ...['THIRD-PARTY-LICENSES.txt', 'custom-elements.json', 'integrity.json', 'types', 'wasm'],
      ].sort(),
    );
  });

  it('describes in custom-elements.json what the element has, and nothing else', () => {
    const { customElements } = JSON.parse(readFileSync(join(folder.path, 'node_modules/tillside/package.json'), 'utf8'));
    const manifest = JSON.parse(readFileSync(join(folder.path, 'node_modules/tillside', customElements), 'utf8'));
    const [element] = manifest.modules[0].declarations;
    const namesOf = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => name).sort();
    const code = widgetSource();
    const found = (pattern: RegExp) => [...new Set([...code.matchAll(pattern)].map((match) => match[1]))].sort();
    expect(element.tagName).toBe('tillside-suggestions');
    const [rights] = manifest.modules[1].declarations;
    expect([rights.tagName, namesOf(rights.attributes)]).toEqual(['tillside-privacy', ['heading']]);
    expect(namesOf(element.attributes)).toEqual(['heading', 'min-score', 'placement', 'size']);
    expect(namesOf(element.cssProperties)).toEqual(found(/var\((--tillside-[\w-]+)/g));
    expect(namesOf(element.cssParts)).toEqual(found(/(?:part: |box\()'([\w-]+)'/g));
    expect(namesOf(element.slots)).toEqual([...found(/template\[slot=([\w-]+)\]/g), ...found(/'slot', \{ name: '([\w-]+)'/g)]);
    expect(namesOf(element.events)).toEqual(['error', 'load', 'tillside:add', 'tillside:remove']);
    expect(namesOf(element.members)).toEqual([
      'heading',
      'isTillside',
      'minScore',
      'placement',
      'size',
      'slate',
      'strings',
      'tillside',
    ]);
  });
});

/** The widget's own code, as text. */
function widgetSource(): string {
  const home = join(ROOT, 'src/page/widget');
  return readdirSync(home)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(home, file), 'utf8'))
    .join('\n');
}
