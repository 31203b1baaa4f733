import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CARD_STYLES } from '../../../src/page/widget/styles.js';
import { TOOL_STYLES } from '../../../src/page/widget/tool-styles.js';

const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');
const CSS = CARD_STYLES + TOOL_STYLES;
const unique = (matches: Iterable<RegExpMatchArray>) => [...new Set(Array.from(matches, ([, name]) => name))].sort();

describe('the documented theme', () => {
  it('has each custom property that the styles read, and no other', async () => {
    const used = unique(CSS.matchAll(/var\((--tillside-[\w-]+)/g));
    expect(unique((await read('docs/widget.md')).matchAll(/^\| `(--tillside-[\w-]+)`/gm))).toEqual(used);
    expect(unique((await read('src/page/widget/suggestions-element.ts')).matchAll(/@cssprop \[?(--tillside-[\w-]+)/g))).toEqual(
      used,
    );
  });

  it('has each part that the styles speak of', async () => {
    const styled = unique(CSS.matchAll(/\[part~?=([\w-]+)\]/g)).filter((part) => part !== 'custom');
    const documented = unique((await read('docs/widget.md')).matchAll(/^\| `::part\(([\w-]+)\)`/gm));
    expect(styled.filter((part) => !documented.includes(part))).toEqual([]);
    expect(unique((await read('src/page/widget/suggestions-element.ts')).matchAll(/@csspart ([\w-]+)/g))).toEqual(documented);
  });

  it('moves nothing: no transition, and no animation but the delay of the empty cards', () => {
    expect(CSS).not.toMatch(/transition|transform/);
    expect(CSS.match(/animation:[^;]*/g)).toEqual(['animation: seen 1ms .3s backwards']);
  });
});
