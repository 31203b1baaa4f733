import { defineElement } from '../define-element.js';
import { TillsideSuggestionsElement } from './suggestions-element.js';

/** Registers `<tillside-suggestions>`. */
export function defineSuggestions(): void {
  defineElement('tillside-suggestions', TillsideSuggestionsElement);
}
