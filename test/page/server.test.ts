// Where there is no page: what a server does with the entries that its app imports.
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createSSRApp, h } from 'vue';
import { renderToString as renderVueToString } from 'vue/server-renderer';
import { createTillside } from '../../src/index.js';
import * as forReact from '../../src/react.js';
import { createFakeTillside } from '../../src/testing.js';
import * as forVue from '../../src/vue.js';

const EMPTY = '<tillside-suggestions placement="drawer" size="3" heading="With it" min-score="0.5"></tillside-suggestions>';
/** By names that React's linter does not take for hooks. */
const { useTillside: followInVue, useSuggestions: suggestInVue } = forVue;
const PROPS = { placement: 'drawer', size: 3, heading: 'With it', minScore: 0.5, onAdd: () => {} };
const OPTIONS = { bundle: '/models/manifest.json', consent: 'granted' } as const;

function Cart({ seen }: { readonly seen: unknown[] }) {
  seen.push(forReact.useTillside(OPTIONS), forReact.useSuggestions());
  return createElement(forReact.TillsideSuggestions, PROPS);
}

describe('on a server', () => {
  it('createTillside throws and says where to call it', () => {
    expect(() => createTillside(OPTIONS)).toThrow(expect.objectContaining({ code: 'page-required' }));
    expect(() => createTillside(OPTIONS)).toThrow('Call it in the browser');
  });

  it('React renders the empty element, and hooks wait', () => {
    const seen: unknown[] = [];
    expect(renderToString(createElement(Cart, { seen }))).toBe(EMPTY);
    expect(seen).toMatchObject([
      { tillside: undefined, consent: 'pending', isReady: false },
      { slate: undefined, status: 'waiting' },
    ]);
  });

  it('Vue renders the empty element, and composables and plugin wait', async () => {
    const seen: unknown[] = [];
    const app = createSSRApp({
      setup() {
        const { tillside, consent, isReady } = followInVue(OPTIONS);
        seen.push(tillside.value, consent.value, isReady.value, suggestInVue().status.value);
        return () => h(forVue.TillsideSuggestions, PROPS);
      },
    });
    app.use(forVue.createTillsidePlugin(OPTIONS));
    expect(await renderVueToString(app)).toBe(EMPTY);
    expect(seen).toEqual([undefined, 'pending', false, 'waiting']);
  });

  it('a fake tillside can be made, and is registered nowhere', async () => {
    const fake = createFakeTillside();
    expect((await fake.recommend({ size: 2 })).items).toHaveLength(2);
    await fake.stop();
  });
});
