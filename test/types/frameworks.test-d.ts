import { createElement, type JSX as ReactJsx } from 'react';
import { expectTypeOf, test } from 'vitest';
import { type GlobalComponents, h } from 'vue';
import type { JSX as VueJsx } from 'vue/jsx-runtime';
import type { ConsentState, EngineStatus, Slate, Tillside } from '../../src/index.js';
import * as forReact from '../../src/react.js';
import { aSlate, createFakeTillside } from '../../src/testing.js';
import * as forVue from '../../src/vue.js';

test('React hooks give what they promise', () => {
  expectTypeOf(forReact.useTillside).returns.toEqualTypeOf<{
    readonly tillside: Tillside | undefined;
    readonly consent: ConsentState;
    readonly engine: EngineStatus | undefined;
    readonly isReady: boolean;
  }>();
  expectTypeOf<forReact.Suggestions['slate']>().toEqualTypeOf<Slate | undefined>();
  expectTypeOf<forReact.Suggestions['status']>().toEqualTypeOf<'waiting' | 'loading' | 'ready' | 'failed'>();
});

test('components know their props', () => {
  createElement(forReact.TillsideSuggestions, { size: 4, onLoad: (slate) => expectTypeOf(slate).toEqualTypeOf<Slate>() });
  createElement(forReact.TillsideSuggestions, { strings: { add: 'Yes' }, onRemove: ({ itemId }) => itemId.length });
  // @ts-expect-error there is no such word
  createElement(forReact.TillsideSuggestions, { strings: { addd: 'Yes' } });
  // @ts-expect-error a size is a number
  createElement(forReact.TillsideSuggestions, { size: 'four' });
  h(forVue.TillsideSuggestions, { size: 4, onLoad: (slate: Slate) => slate });
  // @ts-expect-error a size is a number
  h(forVue.TillsideSuggestions, { size: 'four' });
  expectTypeOf<GlobalComponents['TillsideSuggestions']>().toEqualTypeOf<typeof forVue.TillsideSuggestions>();
});

test('JSX knows the plain element', () => {
  type InReact = ReactJsx.IntrinsicElements['tillside-suggestions'];
  expectTypeOf<{ placement: 'cart'; size: 4; tillside: Tillside; class: 'wide' }>().toExtend<InReact>();
  expectTypeOf<{ size: string }>().not.toExtend<InReact>();
  expectTypeOf<{ heading: 'Rights'; tillside: Tillside }>().toExtend<ReactJsx.IntrinsicElements['tillside-privacy']>();
  expectTypeOf<Parameters<NonNullable<InReact['onClick']>>[0]['currentTarget']['slate']>().toEqualTypeOf<Slate | undefined>();
  type InVue = VueJsx.IntrinsicElements['tillside-suggestions'];
  expectTypeOf<{ placement: 'cart'; 'min-score': 0.5; class: 'wide' }>().toExtend<InVue>();
  expectTypeOf<{ size: string }>().not.toExtend<InVue>();
  expectTypeOf<{ heading: 'Rights' }>().toExtend<VueJsx.IntrinsicElements['tillside-privacy']>();
});

test('a fake is a tillside', () => {
  expectTypeOf(createFakeTillside).returns.toExtend<Tillside>();
  expectTypeOf(aSlate).returns.toEqualTypeOf<Slate>();
});
