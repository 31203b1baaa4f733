import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/train/commands/options.js';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const readme = read('README.md');
const packageJson = JSON.parse(read('package.json'));
const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, text]) => ({ language, text: text as string }));
/** What a reader would copy: blocks of code, and code in a sentence. */
const code = [
  ...blocks.map(({ text }) => text),
  ...[...readme.replace(/^```.*?^```/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, text]) => text as string),
];
const all = (pattern: RegExp) => [
  ...new Set(code.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] as string))),
];

/** Command lines of tillside itself, without what runs it. */
const commandLines = code
  .flatMap((text) => text.split('\n'))
  .flatMap((line) => /(?:^|-api |^npx )tillside ([a-z]+.*)$/.exec(line)?.[1] ?? []);

describe('README', () => {
  it('names npm scripts that exist', () => {
    const names = [...all(/npm run ([\w:-]+)/g), ...all(/npm (start|test)\b/g)];
    expect(names).toContain('train:gift-shop');
    for (const name of names) expect(Object.keys(packageJson.scripts)).toContain(name);
  });

  it('names commands and options of the command line that exist', async () => {
    expect(commandLines.length).toBeGreaterThanOrEqual(4);
    for (const line of commandLines) {
      const [name = '', ...words] = line.replace(/#.*/, '').trim().split(/\s+/);
      expect(readdirSync(new URL('src/train/commands/', ROOT))).toContain(`${name}.ts`);
      const module = (await import(`../../src/train/commands/${name}.ts`)) as Record<string, Command>;
      for (const option of words.filter((word) => word.startsWith('--'))) expect(module[name]?.help).toContain(option);
    }
  });

  it('imports names and entries that exist', async () => {
    const entries = all(/(?:from|import) '(tillside[\w/]*)'/g).map((entry) => entry.replace('tillside', '.'));
    expect([...new Set(entries)].sort()).toEqual(['.', './element', './react', './testing', './vue']);
    for (const entry of entries) expect(Object.keys(packageJson.exports)).toContain(entry);
    const imports = [...readme.matchAll(/import \{ ([\w, ]+) \} from 'tillside(?:\/(\w+))?'/g)];
    expect(imports.length).toBeGreaterThanOrEqual(4);
    for (const [, names = '', entry = 'index'] of imports)
      expect(Object.keys(await import(`../../src/${entry}.ts`))).toEqual(expect.arrayContaining(names.split(', ')));
  });

  it('calls methods that a tillside has', () => {
    const [, members = ''] = /export interface Tillside \{\n(.*?)^\}/ms.exec(read('src/page/tillside.ts')) ?? [];
    const methods = [...members.matchAll(/^ {2}(\w+)[(<]/gm)].map((match) => match[1]);
    const called = all(/\btillside\.(\w+)\(/g);
    expect(called).toContain('recommend');
    for (const name of called) expect(methods).toContain(name);
  });

  it('writes attributes that the page script reads', () => {
    const sources = [
      'src/page/adapters/markup.ts',
      'src/page/capture/page-item-finder.ts',
      'src/page/options.ts',
      'src/page/script-config.ts',
      'src/page/script-tag.ts',
    ]
      .map(read)
      .join('\n');
    const attributes = all(/\bdata-([a-z-]+)=/g);
    expect(attributes.length).toBeGreaterThan(5);
    for (const name of attributes) {
      const camelCase = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      expect(
        [`data-${name}`, `readonly ${camelCase}`, name].filter((spelling) => sources.includes(spelling)),
        `data-${name}`,
      ).not.toEqual([]);
    }
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] as string);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !existsSync(new URL(link, ROOT)))).toEqual([]);
  });

  it('has a place for the figures that are measured', () => {
    for (const name of ['sizes', 'quality'])
      expect(readme).toMatch(new RegExp(`<!-- figures:${name} -->[^]*<!-- /figures:${name} -->`));
  });
});
