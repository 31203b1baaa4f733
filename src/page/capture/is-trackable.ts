import { EVENT_TYPES, type EventType, type InteractionEvent } from '../../core/domain/event.js';
import { isListOf, isMatch, isObject, isWhole, show } from '../check-value.js';

/** An event as a page reports it: the buffer gives it its id and time. */
export type Trackable = Omit<InteractionEvent, 'eventId' | 'occurredAt' | 'sessionId'>;

/** One field's rule: whether a value is right, what would be, and the types that say nothing without it. */
type Rule = readonly [isRight: (value: unknown) => boolean, remedy: string, neededBy?: RegExp | undefined];
type Rules = ReadonlyMap<string, Rule>;

const numberTo = (max: number, neededBy?: RegExp): Rule => [
  (value) => typeof value === 'number' && value >= 0 && value <= max,
  `a number from 0 to ${max}`,
  neededBy,
];
const wholeFrom = (min: number, neededBy?: RegExp): Rule => [
  (value) => isWhole(value, min),
  `a whole number from ${min} to 1000000`,
  neededBy,
];
const textFor = (neededBy?: RegExp): Rule => [isMatch(/^.{1,128}$/s), 'a string of 1–128 characters', neededBy];

const LINE_RULES: Rules = new Map([
  ['itemId', textFor(/item$|[^w]_cart$|wishlist$|impression|dismiss|dwell|scroll/)],
  ['quantity', wholeFrom(0, /^update_cart$/)],
  ['price', numberTo(1e9)],
  ['currency', [isMatch(/^[A-Z]{3}$/), 'an ISO 4217 code']],
]);
const EVENT_RULES: Rules = new Map([
  ['type', [(value) => EVENT_TYPES.includes(value as EventType), `one of ${EVENT_TYPES.join(', ')}`, /^/]],
  ...LINE_RULES,
  ['dwellMs', numberTo(864e5, /^dwell$/)],
  ['scrollDepthRatio', numberTo(1, /^scroll$/)],
  ['listId', textFor()],
  ['position', wholeFrom(1)],
  ['items', [isListOf(isLine), 'up to 500 lines of { itemId, quantity, price?, currency? }']],
  ['tokens', [isListOf(isMatch(/^[0-9a-f]{8,64}$/)), 'hashes in hex, never the words']],
]);

/** Tells whether a stranger's value is an event to keep: known fields only, each in its range. */
export function isTrackable(value: unknown): value is Trackable {
  return !whyNotTrackable(value);
}

/** Says what is wrong with an event: the field, its value, the remedy; nothing when it is one to keep. */
export function whyNotTrackable(value: unknown): string | undefined {
  return isObject(value)
    ? firstWrong(value, EVENT_RULES, value['type'])
    : `The event is ${show(value)}. Pass an object with a type.`;
}

function isLine(line: unknown): boolean {
  return isObject(line) && !!line['quantity'] && !firstWrong(line, LINE_RULES, 'item');
}

function firstWrong(fields: Readonly<Record<string, unknown>>, rules: Rules, type: unknown): string | undefined {
  for (const name of new Set([...rules.keys(), ...Object.keys(fields)])) {
    const rule = rules.get(name);
    if (!rule) return `${name} is not a field of an event. Leave it out.`;
    const value = fields[name];
    const [isRight, remedy, neededBy] = rule;
    // A type that is none was refused before: it is the first of the rules.
    if (value === undefined ? neededBy?.test(type as string) : !isRight(value))
      return `${name} is ${show(value)}. Pass ${remedy}.`;
  }
  return undefined;
}
