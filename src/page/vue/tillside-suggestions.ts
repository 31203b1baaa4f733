import { defineComponent, h, onBeforeUnmount, onMounted, type PropType, shallowRef, watch } from 'vue';
import { attributesOf, listenToHost, type SuggestionsProps } from '../bind/suggestions-props.js';
import type { TillsideSuggestionsElement } from '../widget/suggestions-element.js';

/** What is not said is `undefined`, and the element's own default. */
const optional = <T>(type: unknown) => ({ type: type as PropType<T>, default: undefined });

/** `<tillside-suggestions>` as a component: rendered empty on a server, alive in the browser. It exposes the element as `host`. */
export const TillsideSuggestions = /* @__PURE__ */ defineComponent({
  name: 'TillsideSuggestions',
  props: {
    placement: optional<string>(String),
    size: optional<number>(Number),
    heading: optional<string>(String),
    minScore: optional<number>(Number),
    tillside: optional<NonNullable<SuggestionsProps['tillside']>>(null),
    onAdd: optional<NonNullable<SuggestionsProps['onAdd']>>(Function),
    onLoad: optional<NonNullable<SuggestionsProps['onLoad']>>(Function),
    onError: optional<NonNullable<SuggestionsProps['onError']>>(Function),
  },
  setup(props, { slots, expose }) {
    const host = shallowRef<TillsideSuggestionsElement>();
    let stop: (() => void) | undefined;
    expose({ host });
    onMounted(() => {
      const element = host.value;
      if (!element) return;
      stop = listenToHost(element, () => props);
      watch(
        () => props.tillside,
        (next, last) => {
          if (next !== last) element.tillside = next;
        },
        { immediate: true },
      );
    });
    onBeforeUnmount(() => stop?.());
    return () => h('tillside-suggestions', { ref: host, ...attributesOf(props) }, slots['default']?.());
  },
});
