import { defineComponent, h, onBeforeUnmount, onMounted, type PropType, shallowRef, watch } from 'vue';
import { attributesOf, bindHost, type SuggestionsProps } from '../bind/suggestions-props.js';
import type { TillsideSuggestionsElement } from '../widget/suggestions-element.js';

/** What is not said is `undefined`, and the element's own default. */
const optional = <T>(type: unknown) => ({ type: type as PropType<T | undefined>, default: undefined });

/** `<tillside-suggestions>` as a component: rendered empty on a server, alive in the browser. It exposes the element as `host`. */
export const TillsideSuggestions = /* @__PURE__ */ defineComponent({
  name: 'TillsideSuggestions',
  props: {
    placement: optional<string>(String),
    size: optional<number>(Number),
    heading: optional<string>(String),
    minScore: optional<number>(Number),
    strings: optional<SuggestionsProps['strings']>(Object),
    tillside: optional<SuggestionsProps['tillside']>(null),
    onAdd: optional<SuggestionsProps['onAdd']>(Function),
    onRemove: optional<SuggestionsProps['onRemove']>(Function),
    onLoad: optional<SuggestionsProps['onLoad']>(Function),
    onError: optional<SuggestionsProps['onError']>(Function),
  },
  setup(props, { slots, expose }) {
    const host = shallowRef<TillsideSuggestionsElement>();
    const { attach, update } = bindHost(() => props);
    expose({ host });
    onMounted(() => attach(host.value ?? null));
    watch([() => props.tillside, () => props.strings], update);
    onBeforeUnmount(() => attach(null));
    return () => h('tillside-suggestions', { ref: host, ...attributesOf(props) }, slots['default']?.());
  },
});
