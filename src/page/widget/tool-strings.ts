import type { ToolStrings } from './strings.js';

/** English. */
export const ENGLISH_TOOLS: ToolStrings = {
  'heading-drawer': 'Add to your order',
  'heading-order': 'For next time',
  'heading-product': 'Goes well with this',
  'add-gone': '{name} is no longer available.',
  'regular-price': 'Regular price:',
  undo: 'Undo',
  removed: 'Removed {name} from your cart.',
  'remove-failed': '{name} could not be removed. Please remove it in your cart.',
  why: 'Why this?',
  'why-name': 'Why {name}?',
  dismiss: 'Not interested',
  'dismiss-name': 'Not interested in {name}',
  dismissed: '{name} will not be suggested again.',
  'on-device': 'Worked out on this device.',
  'signal-session': 'What you did on this visit',
  'signal-cart': 'What is in your cart',
  'signal-viewed': 'What you looked at',
  'signal-history': 'What you bought before',
  'signal-dwell': 'How long you looked',
  'signal-scroll': 'How far you read',
  'signal-interest': 'Your interest in things like this',
  'signal-price': 'Its price beside your cart',
  'signal-popularity': 'How popular it is',
  'signal-context': 'Time of day and size of your cart',
};
