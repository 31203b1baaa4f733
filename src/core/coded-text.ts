import { TEXTS } from './all-texts.js';

/** Before the id of a text that lies aside. */
export const CODED_START = '\x02';
const VALUE = '\x1f';
const CODED_END = '\x03';

/**
 * Puts a message in words. What the worker loads has ids in the place of its texts, which only people read; values may be coded too.
 * An id of another release is left out.
 */
export function inWords(message: string, texts = TEXTS): string {
  const end = message.indexOf(CODED_END);
  const start = message.lastIndexOf(CODED_START, end);
  if (start < 0 || end < 0) return message;
  const [id = '', ...values] = message.slice(start + 1, end).split(VALUE);
  const text = Object.hasOwn(texts, id) ? (texts[id] as string) : values.map(() => VALUE).join(' ');
  const words = text.split(VALUE).reduce((said, part, i) => said + (values[i - 1] ?? '') + part);
  return inWords(message.slice(0, start) + words + message.slice(end + 1), texts);
}
