import { EVENT_TYPES, type EventType, type InteractionEvent } from '../../core/domain/event.js';

/** An event as a page reports it: the buffer gives it its id and time. */
export type Trackable = Omit<InteractionEvent, 'eventId' | 'occurredAt' | 'sessionId'>;

/** One field's rule: whether a value is right, and what would be. */
type Rule = readonly [isRight: (value: unknown) => boolean, remedy: string];
type Fields = Readonly<Record<string, unknown>>;

const isMatch = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOf = (value: unknown, isRight: (value: unknown) => boolean) =>
  Array.isArray(value) && value.length <= 500 && value.every(isRight);
const numberRule = (min: number, max: number, isWhole = false): Rule => [
  (value) => typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value)),
  `a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}`,
];

const TEXT_RULE: Rule = [isMatch(/^.{1,128}$/s), 'a string of 1–128 characters'];
const LINE_RULES: Readonly<Record<string, Rule>> = {
  itemId: TEXT_RULE,
  quantity: numberRule(0, 1e6, true),
  price: numberRule(0, 1e9),
  currency: [isMatch(/^[A-Z]{3}$/), 'an ISO 4217 code'],
};
const EVENT_RULES: Readonly<Record<string, Rule>> = {
  ...LINE_RULES,
  type: [(value) => EVENT_TYPES.includes(value as EventType), `one of ${EVENT_TYPES.join(', ')}`],
  dwellMs: numberRule(0, 864e5),
  scrollDepthRatio: numberRule(0, 1),
  listId: TEXT_RULE,
  position: numberRule(1, 1e6, true),
  items: [(value) => isListOf(value, isLine), 'up to 500 lines of { itemId, quantity, price?, currency? }'],
  tokens: [(value) => isListOf(value, isMatch(/^[0-9a-f]{8,64}$/)), 'hashes in hex, never the words'],
};
/** What these say nothing without. */
const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  ['view_cart', []],
  ['dwell', ['itemId', 'dwellMs']],
  ['scroll', ['itemId', 'scrollDepthRatio']],
  ['update_cart', ['itemId', 'quantity']],
]);
const ITEM_TYPES = /item$|_cart$|wishlist$|impression|dismiss/;

/**
 * Tells whether a stranger's value is an event to keep: known fields only, each in its range.
 *
 * @param refuse told why not: the field, its value, the remedy
 */
export function isTrackable(value: unknown, refuse?: (message: string) => void): value is Trackable {
  const message = isObject(value) ? whyNot(value) : `The event is ${show(value)}. Pass an object with a type.`;
  if (message) refuse?.(message);
  return !message;
}

function whyNot(event: Fields): string | undefined {
  const type = String(event.type);
  const required = ['type', ...(REQUIRED.get(type) ?? (ITEM_TYPES.test(type) ? ['itemId'] : []))];
  return firstWrong(event, EVENT_RULES, required);
}

function isLine(line: unknown): boolean {
  return isObject(line) && !!line.quantity && !firstWrong(line, LINE_RULES, ['itemId']);
}

function firstWrong(fields: Fields, rules: Readonly<Record<string, Rule>>, required: readonly string[]): string | undefined {
  for (const name of new Set([...required, ...Object.keys(fields)])) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    const value = fields[name];
    if (!rule) return `${name} is not a field of an event. Leave it out.`;
    const isRight = value === undefined ? !required.includes(name) : rule[0](value);
    if (!isRight) return `${name} is ${show(value)}. Pass ${rule[1]}.`;
  }
  return undefined;
}

/** A value as a message shows it, short however long it is. */
export function show(value: unknown): string {
  try {
    return `${JSON.stringify(value)}`.slice(0, 80);
  } catch {
    return typeof value; // cyclic, or a bigint
  }
}
