// For Vue 3. On a server it renders an empty element and does nothing else.
import { computed, type ComputedRef, type Plugin } from 'vue';
import './element.js';
import { createTillside } from './index.js';
import { createForComponent, createPageStore, type TillsideState } from './page/bind/page-store.js';
import type { TillsideOptions } from './page/options.js';
import { TillsideSuggestions } from './page/vue/tillside-suggestions.js';
import { useStore } from './page/vue/use-store.js';

/** `TillsideState` as refs. */
export type TillsideRefs = { readonly [K in keyof TillsideState]: ComputedRef<TillsideState[K]> };

/**
 * Follows the page's tillside, and with options creates it when the component is mounted, if there is none. It outlives the component: a second
 * mount, or another component, gets the same one. Options that are wrong are told to their `onError`.
 */
export function useTillside(options?: TillsideOptions): TillsideRefs {
  const state = useStore(createPageStore(options && (() => createForComponent(createTillside, options))));
  return {
    tillside: computed(() => state.value.tillside),
    consent: computed(() => state.value.consent),
    engine: computed(() => state.value.engine),
    isReady: computed(() => state.value.isReady),
  };
}

/** Creates a plugin for `app.use`: it creates the page's tillside, in the browser only, and registers `<TillsideSuggestions>`. */
export function createTillsidePlugin(options?: TillsideOptions): Plugin {
  return {
    install(app) {
      app.component('TillsideSuggestions', TillsideSuggestions);
      if (options && typeof document !== 'undefined') createForComponent(createTillside, options);
    },
  };
}

export type { AddHandler } from './page/bind/answer-requests.js';
export type { TillsideState } from './page/bind/page-store.js';
export type { TillsideIntrinsicElements } from './page/vue/jsx.js';
export { type Suggestions, useSuggestions } from './page/vue/use-suggestions.js';
export { TillsideSuggestions } from './page/vue/tillside-suggestions.js';
