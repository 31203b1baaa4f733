import type { ErrorCode } from '../errors.js';
import { TillsideError } from '../errors.js';

/** Deeper JSON than this is an attack: nothing of ours nests more than 16 levels. */
const MAX_DEPTH = 48;

export interface JsonSource {
  /** what it is, for messages */
  readonly what: string;
  readonly code: ErrorCode;
}

/**
 * Parses a stranger's JSON, refusing depth before anything recurses into it.
 *
 * @throws {TillsideError} `source.code`
 */
export function parseJson(text: string, { what, code }: JsonSource): unknown {
  if (depthOf(text) > MAX_DEPTH)
    throw new TillsideError(code, `${what} nests deeper than ${MAX_DEPTH} levels. Publish the bundle again.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TillsideError(code, `${what} is not JSON: "${text.slice(0, 40)}". Publish the bundle again.`, cause);
  }
}

/** Decodes UTF-8, refusing anything else. @throws {TillsideError} `source.code` */
export function decodeText(bytes: Uint8Array, { what, code }: JsonSource): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TillsideError(code, `${what} is not UTF-8 text. Publish the bundle again.`, cause);
  }
}

/** Whether a value is a JSON object, not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads an own member only, so that `__proto__` and `constructor` of a stranger's object are never followed. */
export function ownMember(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) i = endOfString(text, i);
    else if (c === 0x5b || c === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x5d || c === 0x7d) depth--;
  }
  return deepest;
}

function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from + 1);
  for (; end > 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === 0x5c) before--;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}
