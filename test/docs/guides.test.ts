import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/core/domain/event.js';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const quickStarts = readdirSync(new URL('docs/quick-start/', ROOT)).map((name) => `docs/quick-start/${name}`);
const guides = [
  ...quickStarts,
  ...['events', 'consent', 'troubleshooting', 'migrating', 'complaints', 'exports'].map((name) => `docs/${name}.md`),
  ...['vue-spa', 'platforms'].map((name) => `examples/${name}/README.md`),
];
/** Everything that is written for people. */
const pages = [
  ...readdirSync(new URL('docs/', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...guides.filter((path) => path.startsWith('examples/')),
  'README.md',
  'CHANGELOG.md',
];
const packageJson = JSON.parse(read('package.json'));
const blocksOf = (text: string) =>
  [...text.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, code]) => ({ language, code }));
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] as string);

describe.each(quickStarts)('%s', (path) => {
  const text = read(path);

  it('is one page, with the expected screen and what to do otherwise', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expect(text).toMatch(/^## \d\. What you see$/m);
    expect(text).toMatch(/\.status\(\);\s+\/\/ /);
    expect(text).toMatch(/^## \d\. If not$/m);
  });
});

describe.each(pages)('%s', (path) => {
  it('links to files and headings that exist', () => {
    const links = all(read(path), /\]\((?!https?:)([^)]+)\)/g);
    const broken = links.filter((link) => {
      const [file = '', heading] = link.split('#');
      const url = new URL(file, new URL(path, ROOT));
      return !existsSync(url) || (heading !== undefined && !headingsOf(readFileSync(url, 'utf8')).includes(heading));
    });
    expect(broken).toEqual([]);
  });
});

describe.each(guides)('%s', (path) => {
  const text = read(path);
  const code = blocksOf(text)
    .map((block) => block.code)
    .join('\n');

  it('calls methods that a tillside has', () => {
    const [, members = ''] = /export interface Tillside \{\n(.*?)^\}/ms.exec(read('src/page/tillside.ts')) ?? [];
    const methods = all(members, /^ {2}(?:readonly )?(\w+)[(<:]/gm);
    const called = all(text, /\btillside(?:\.value)?\??\.([a-z]\w+)(?=[(;])/g);
    for (const name of called) expect(methods).toContain(name);
  });

  it('writes attributes that the page reads', () => {
    const sources = [
      'adapters/markup.ts',
      'capture/page-item-finder.ts',
      'options.ts',
      'script-config.ts',
      'script-tag.ts',
      'widget/suggestions-element.ts',
    ]
      .map((file) => read(`src/page/${file}`))
      .join('\n');
    for (const name of all(code, /\b(data-[a-z-]+)=/g)) {
      const camelCase = name.slice(5).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      expect(
        [name, `'${camelCase}'`, `readonly ${camelCase}`].filter((spelling) => sources.includes(spelling)),
        name,
      ).not.toEqual([]);
    }
  });

  it('imports names and entries that exist', async () => {
    for (const [, names = '', entry = 'index'] of code.matchAll(/import \{ ([\w, ]+) \} from 'tillside(?:\/(\w+))?'/g)) {
      expect(Object.keys(packageJson.exports)).toContain(entry === 'index' ? '.' : `./${entry}`);
      expect(Object.keys(await import(`../../src/${entry}.ts`))).toEqual(expect.arrayContaining(names.split(', ')));
    }
  });
});

describe('docs/events.md', () => {
  it('explains every type of event, and no other', () => {
    const table = read('docs/events.md').split('\n## ')[0] ?? '';
    expect(all(table, /^\| `(\w+)`/gm).sort()).toEqual([...EVENT_TYPES].sort());
  });
});

/** The anchors of a page's headings, as GitHub makes them. */
function headingsOf(text: string): string[] {
  return all(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  );
}
