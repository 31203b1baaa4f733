import {
  type CSSProperties,
  createElement,
  forwardRef,
  type ReactNode,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { attributesOf, bindHost, type SuggestionsProps } from '../bind/suggestions-props.js';
import type { TillsideSuggestionsElement } from '../widget/suggestions-element.js';

export interface TillsideSuggestionsProps extends SuggestionsProps {
  readonly id?: string | undefined;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  /** what goes into the element's slots */
  readonly children?: ReactNode;
}

/** `<tillside-suggestions>` as a component: rendered empty on a server, alive in the browser. Its ref is the element. */
export const TillsideSuggestions = /* @__PURE__ */ forwardRef<TillsideSuggestionsElement, TillsideSuggestionsProps>(
  function TillsideSuggestions(props, ref) {
    const { id, className, style, children } = props;
    const latest = useRef<SuggestionsProps>(props);
    const host = useRef<TillsideSuggestionsElement | null>(null);
    const [binding] = useState(() => bindHost(() => latest.current));
    // By the ref: an effect may run after the first slate.
    const attach = useCallback(
      (element: TillsideSuggestionsElement | null) => {
        host.current = element;
        binding.attach(element);
      },
      [binding],
    );
    useImperativeHandle(ref, () => host.current as TillsideSuggestionsElement, []);
    useEffect(() => {
      latest.current = props;
      binding.update();
    });
    // The element hides itself before React hydrates it: that is no mismatch.
    const own = { id, class: className, style, ref: attach, suppressHydrationWarning: true };
    return createElement('tillside-suggestions', { ...attributesOf(props), ...own }, children);
  },
);
