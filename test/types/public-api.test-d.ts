import { expectTypeOf, test } from 'vitest';
import type {
  ConsentState,
  Diagnostic,
  EngineStatus,
  Slate,
  Tillside,
  TillsideOptions,
  TillsideSuggestionsElement,
} from '../../src/index.js';
import { createTillside } from '../../src/index.js';

test('only the bundle has to be said', () => {
  expectTypeOf<{ bundle: string }>().toExtend<TillsideOptions>();
  expectTypeOf<{ consent: 'granted' }>().not.toExtend<TillsideOptions>();
  expectTypeOf(createTillside).returns.toEqualTypeOf<Tillside>();
});

test('on gives each listener what its event carries, and an undo', () => {
  expectTypeOf<Parameters<Tillside['on']>[0]>().toEqualTypeOf<
    'ready' | 'change' | 'refine' | 'slate' | 'add' | 'consent' | 'error' | 'diagnostic'
  >();
  const tillside = {} as Tillside;
  expectTypeOf(tillside.on<'slate'>)
    .parameter(1)
    .toEqualTypeOf<(slate: Slate) => void>();
  expectTypeOf(tillside.on<'ready'>)
    .parameter(1)
    .toEqualTypeOf<(status: EngineStatus) => void>();
  expectTypeOf(tillside.on<'consent'>)
    .parameter(1)
    .toEqualTypeOf<(state: ConsentState) => void>();
  expectTypeOf(tillside.on<'error'>)
    .parameter(1)
    .toEqualTypeOf<(problem: Diagnostic) => void>();
  expectTypeOf(tillside.on).returns.toEqualTypeOf<() => void>();
});

test('a shop cannot make up events, answers or ids of its own', () => {
  expectTypeOf<{ type: 'dance' }>().not.toExtend<Parameters<Tillside['track']>[0]>();
  expectTypeOf<{ type: 'view_item'; itemId: string }>().toExtend<Parameters<Tillside['track']>[0]>();
  expectTypeOf<Parameters<Tillside['consent']>[0]>().toEqualTypeOf<'granted' | 'denied'>();
});

test('the document knows the element', () => {
  expectTypeOf<HTMLElementTagNameMap['tillside-suggestions']>().toEqualTypeOf<TillsideSuggestionsElement>();
});
