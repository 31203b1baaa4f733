import { computed, type ComputedRef, type MaybeRefOrGetter, onMounted, ref, shallowRef, toValue, watchEffect } from 'vue';
import { DEFAULT_SIZE } from '../slate-size.js';
import type { SuggestionsProps } from '../bind/suggestions-props.js';
import { createSuggestionsStore, type SuggestionsActions, type SuggestionsState } from '../bind/suggestions-store.js';

export type Suggestions = SuggestionsActions & {
  readonly [K in keyof SuggestionsState]: ComputedRef<SuggestionsState[K]>;
};

/**
 * Asks for suggestions that the shop renders itself; the refs change with each new slate. What the shopper sees of them is for the shop to `track`,
 * as `impression` and `select_item`.
 *
 * @param props given as a ref or getter, a new placement or size is asked for when it changes
 */
export function useSuggestions(
  props: MaybeRefOrGetter<Pick<SuggestionsProps, 'placement' | 'size' | 'onAdd' | 'onRemove'>> = {},
): Suggestions {
  const placement = computed(() => toValue(props).placement ?? 'cart');
  const size = computed(() => toValue(props).size ?? DEFAULT_SIZE);
  const store = computed(() =>
    createSuggestionsStore({ placement: placement.value, size: size.value, handlers: () => toValue(props) }),
  );
  const state = shallowRef<SuggestionsState>(store.value.getSnapshot());
  const isMounted = ref(false);
  onMounted(() => {
    isMounted.value = true;
  });
  watchEffect((onCleanup) => {
    if (!isMounted.value) return;
    const { subscribe, getSnapshot } = store.value;
    const read = (): void => {
      state.value = getSnapshot();
    };
    onCleanup(subscribe(read));
    read();
  });
  return {
    slate: computed(() => state.value.slate),
    status: computed(() => state.value.status),
    add: (...item) => store.value.add(...item),
    remove: (...item) => store.value.remove(...item),
    refresh: () => store.value.refresh(),
  };
}
