import { useEffect, useMemo, useRef } from 'react';
import { DEFAULT_SIZE } from '../slate-size.js';
import type { SuggestionsProps } from '../bind/suggestions-props.js';
import { createSuggestionsStore, type SuggestionsActions, type SuggestionsState } from '../bind/suggestions-store.js';
import { useStore } from './use-store.js';

export type Suggestions = SuggestionsState & SuggestionsActions;

/**
 * Asks for suggestions that the shop renders itself, and renders again with each new slate. What the shopper sees of them is for the shop to
 * `track`, as `impression` and `select_item`.
 */
export function useSuggestions(props: Pick<SuggestionsProps, 'placement' | 'size' | 'onAdd' | 'onRemove'> = {}): Suggestions {
  const { placement = 'cart', size = DEFAULT_SIZE } = props;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const store = useMemo(() => createSuggestionsStore({ placement, size, handlers: () => latest.current }), [placement, size]);
  const { add, remove, refresh } = store;
  return { ...useStore(store), add, remove, refresh };
}
