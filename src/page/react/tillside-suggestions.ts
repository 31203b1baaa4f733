import { type CSSProperties, createElement, forwardRef, type ReactNode, useEffect, useImperativeHandle, useRef } from 'react';
import { attributesOf, listenToHost, type SuggestionsProps } from '../bind/suggestions-props.js';
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
    const { id, className, style, children, tillside } = props;
    const host = useRef<TillsideSuggestionsElement>(null);
    const latest = useRef<SuggestionsProps>(props);
    useImperativeHandle(ref, () => host.current as TillsideSuggestionsElement, []);
    useEffect(() => {
      latest.current = props;
    });
    useEffect(() => (host.current ? listenToHost(host.current, () => latest.current) : undefined), []);
    useEffect(() => {
      const element = host.current;
      if (!element || !tillside) return undefined;
      element.tillside = tillside;
      return () => {
        element.tillside = undefined;
      };
    }, [tillside]);
    // The element hides itself before React hydrates it: that is no mismatch.
    const own = { id, class: className, style, ref: host, suppressHydrationWarning: true };
    return createElement('tillside-suggestions', { ...attributesOf(props), ...own }, children);
  },
);
