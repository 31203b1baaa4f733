import type { TillsideInstance } from '../tillside.js';
import type { Formats } from './formats.js';
import type { PrivacyStrings } from './strings.js';

/** What the parts of one `<tillside-privacy>` share. */
export interface PrivacyContext {
  readonly instance: TillsideInstance;
  readonly strings: PrivacyStrings;
  readonly formats: Formats;
  /** Says something to the shopper, to screen readers politely. */
  say(words: string): void;
}
