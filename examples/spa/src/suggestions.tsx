import type { TillsideSuggestionsElement } from 'tillside';
import type {} from 'react';
import { tillside } from './tillside.js';

declare module 'react' {
  // biome-ignore lint/style/noNamespace: the one place where React's types look up custom elements
  namespace JSX {
    interface IntrinsicElements {
      'tillside-suggestions': DetailedHTMLProps<HTMLAttributes<TillsideSuggestionsElement>, TillsideSuggestionsElement> &
        Partial<Pick<TillsideSuggestionsElement, 'placement' | 'size' | 'tillside'>>;
    }
  }
}

/** What goes with the cart; React 19 sets `tillside` as a property. */
export function Suggestions() {
  return <tillside-suggestions placement="cart" size={4} tillside={tillside} />;
}
