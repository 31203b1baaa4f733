import type { TillsideInstance } from '../tillside.js';

/** What a widget's element says of itself. */
export interface SuggestionsHost extends HTMLElement {
  readonly placement: string;
  readonly size: number;
  readonly heading: string;
  readonly minScore: number;
}

/** What the parts of one running widget share. */
export interface WidgetContext {
  readonly host: SuggestionsHost;
  readonly instance: TillsideInstance;
  /** the live region: what is put into it is said to screen readers, politely */
  readonly status: HTMLElement;
}
