import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { TillsidePrivacyElement } from '../privacy/privacy-element.js';
import type { TillsideSuggestionsElement } from '../widget/suggestions-element.js';

type Attributes<E> = DetailedHTMLProps<HTMLAttributes<E>, E> & { readonly class?: string | undefined };

/** The plain elements as JSX knows them; React 19 sets `tillside` and `strings` as properties, React 18 cannot. */
export interface TillsideIntrinsicElements {
  'tillside-suggestions': Attributes<TillsideSuggestionsElement> &
    Partial<Pick<TillsideSuggestionsElement, 'placement' | 'size' | 'heading' | 'strings' | 'tillside'>> & {
      readonly 'min-score'?: number | undefined;
    };
  'tillside-privacy': Attributes<TillsidePrivacyElement> & Partial<Pick<TillsidePrivacyElement, 'heading' | 'tillside'>>;
}

declare module 'react' {
  // biome-ignore lint/style/noNamespace: the one place where React's types look up custom elements
  namespace JSX {
    interface IntrinsicElements extends TillsideIntrinsicElements {}
  }
}
