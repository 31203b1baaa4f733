import type { TillsideInstance } from '../tillside.js';
import type { Sentence } from './sentence.js';

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
  /** Says it to screen readers, politely. */
  announce(sentence: Sentence): void;
}
