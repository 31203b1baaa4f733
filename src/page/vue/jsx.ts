import type { HTMLAttributes } from 'vue';
import type { JSX } from 'vue/jsx-runtime';
import type { TillsidePrivacyElement } from '../privacy/privacy-element.js';
import type { TillsideSuggestionsElement } from '../widget/suggestions-element.js';
import type { TillsideSuggestions } from './tillside-suggestions.js';

/** The plain elements as JSX knows them. */
export interface TillsideIntrinsicElements {
  'tillside-suggestions': JSX.IntrinsicAttributes &
    HTMLAttributes &
    Partial<Pick<TillsideSuggestionsElement, 'placement' | 'size' | 'heading' | 'strings' | 'tillside'>> & {
      readonly 'min-score'?: number | undefined;
    };
  'tillside-privacy': JSX.IntrinsicAttributes & HTMLAttributes & Partial<Pick<TillsidePrivacyElement, 'heading' | 'tillside'>>;
}

declare module 'vue' {
  interface GlobalComponents {
    TillsideSuggestions: typeof TillsideSuggestions;
  }
}

declare module 'vue/jsx-runtime' {
  // biome-ignore lint/style/noNamespace: the one place where Vue's types look up custom elements
  namespace JSX {
    interface IntrinsicElements extends TillsideIntrinsicElements {}
  }
}
