import { definePrivacy } from './page/privacy/define-privacy.js';

// Importing this module registers <tillside-privacy>; a second import, or a second copy, changes nothing.
definePrivacy();

export { TillsidePrivacyElement } from './page/privacy/privacy-element.js';
