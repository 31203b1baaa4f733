import type { Reason } from '../../core/domain/slate.js';
import { element } from './element.js';
import type { CardStrings } from './strings.js';

/** Longest name that is shown, characters; the rest could not be read there anyway. */
const MAX_NAME_LENGTH = 200;

/** A line of text, and in it elements around the names. */
export type Sentence = readonly (Node | string)[];

/** Cuts the name of an item or a category to what can be read. */
export function cutName(name: string): string {
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}

/** Puts a name into a template. It stands in a `<bdi>`: a right-to-left name cannot turn the sentence around it. */
export function toSentence(template: string, name: string): Sentence {
  // A shop's own words may be anything.
  return `${template}`.split(/(\{name\})/).map((part) => (part === '{name}' ? element('bdi', {}, cutName(name)) : part));
}

/** Puts a reason in words. A code from a newer engine says nothing. */
export function toReasonSentence({ code, title, category }: Reason, strings: CardStrings): Sentence {
  const name = title ?? category?.split(' > ').pop()?.trim();
  const words: Readonly<Record<string, unknown>> = strings;
  const template = (!name && words[`${code}-any`]) || words[code];
  return typeof template === 'string' ? toSentence(template, name ?? '') : [];
}
