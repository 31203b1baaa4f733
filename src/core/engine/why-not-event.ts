import { EVENT_TYPES } from '../domain/event.js';
import { integer, list, matching, number, oneOf, record, type Shape, text, tryRead } from '../shape.js';
import { show } from '../show.js';

/** One field's rule: its shape, what would be right, and the types that say nothing without it. */
type Rule = readonly [shape: Shape<unknown>, remedy: string, neededBy?: RegExp | undefined];
type Rules = Readonly<Record<string, Rule>>;

const numberTo = (max: number, neededBy?: RegExp): Rule => [number(0, max), `a number from 0 to ${max}`, neededBy];
const wholeFrom = (min: number, neededBy?: RegExp): Rule => [
  integer(min, 1e6),
  `a whole number from ${min} to 1000000`,
  neededBy,
];
const textFor = (neededBy?: RegExp): Rule => [text(/^.{1,128}$/s), 'a string of 1–128 characters', neededBy];

const LINE_RULES: Rules = {
  itemId: textFor(/item$|[^w]_cart$|wishlist$|impression|dismiss|dwell|scroll/),
  quantity: wholeFrom(0, /^update_cart$/),
  price: numberTo(1e9),
  currency: [text(/^[A-Z]{3}$/), 'an ISO 4217 code'],
};
const EVENT_RULES: Rules = {
  type: [oneOf(...EVENT_TYPES), `one of ${EVENT_TYPES.join(', ')}`, /^/],
  ...LINE_RULES,
  dwellMs: numberTo(864e5, /^dwell$/),
  scrollDepthRatio: numberTo(1, /^scroll$/),
  listId: textFor(),
  position: wholeFrom(1),
  items: [list(matching(isLine), 500), 'up to 500 lines of { itemId, quantity, price?, currency? }'],
  tokens: [list(text(/^[0-9a-f]{8,64}$/), 500), 'hashes in hex, never the words'],
  // The page gives these two.
  eventId: textFor(/^/),
  occurredAt: [integer(), 'epoch ms', /^/],
};

/** Says what is wrong with an event: the field, its value, the remedy; nothing when it is one to keep: known fields only, each in its range. */
export function whyNotEvent(value: unknown): string | undefined {
  const event = tryRead(record, value);
  return event ? firstWrong(event, EVENT_RULES, event['type']) : `The event is ${show(value)}. Pass an object with a type.`;
}

function isLine(value: unknown): boolean {
  const line = tryRead(record, value);
  return !!line?.['quantity'] && !firstWrong(line, LINE_RULES, 'item');
}

function firstWrong(fields: Readonly<Record<string, unknown>>, rules: Rules, type: unknown): string | undefined {
  for (const name of Object.keys({ ...rules, ...fields })) {
    const rule = Object.hasOwn(rules, name) && rules[name];
    if (!rule) return `${name} is not a field of an event. Leave it out.`;
    const value = fields[name];
    const [shape, remedy, neededBy] = rule;
    // A type that is none was refused before: it is the first of the rules.
    if (value === undefined ? neededBy?.test(type as string) : tryRead(shape, value) === undefined)
      return `${name} is ${show(value)}. Pass ${remedy}.`;
  }
  return undefined;
}
