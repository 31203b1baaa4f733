// For React 18 and 19. On a server it renders an empty element and does nothing else.
import { useState } from 'react';
import './element.js';
import { createTillside } from './index.js';
import { createForComponent, createPageStore, type TillsideState } from './page/bind/page-store.js';
import type { TillsideOptions } from './page/options.js';
import { useStore } from './page/react/use-store.js';

/**
 * Follows the page's tillside, and with options creates it, in the browser only, if there is none. It outlives the component: a second mount, or another
 * component, gets the same one. Options that are wrong are told to their `onError`; later ones change nothing.
 */
export function useTillside(options?: TillsideOptions): TillsideState {
  const [store] = useState(() => createPageStore(options && (() => createForComponent(createTillside, options))));
  return useStore(store);
}

export type { AddHandler } from './page/bind/answer-requests.js';
export type { TillsideState } from './page/bind/page-store.js';
export { TillsideSuggestions, type TillsideSuggestionsProps } from './page/react/tillside-suggestions.js';
export { type Suggestions, useSuggestions } from './page/react/use-suggestions.js';
export type { TillsideIntrinsicElements } from './page/react/jsx.js';
