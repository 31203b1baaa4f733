import { defineElement } from '../define-element.js';
import { TillsidePrivacyElement } from './privacy-element.js';

/** Registers `<tillside-privacy>`. */
export function definePrivacy(): void {
  defineElement('tillside-privacy', TillsidePrivacyElement);
}
