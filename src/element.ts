import { defineSuggestions } from './page/widget/define-suggestions.js';

// Importing this module registers <tillside-suggestions>; a second import, or a second copy, changes nothing.
defineSuggestions();

export { TillsideSuggestionsElement } from './page/widget/suggestions-element.js';
