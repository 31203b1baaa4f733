import type { Arm } from '../../core/domain/slate.js';

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
/** Seconds since 1970 stay below it until the year 5138; milliseconds passed it in 1973. */
const LEAST_MS = 1e11;

/** Reads an amount in major units: `12.50`, `£1,234.50`, 12.5; NaN for anything else. */
export function readAmount(value: unknown): number {
  if (typeof value === 'number') return value >= 0 ? value : Number.NaN;
  const text = String(value ?? '').replace(/^[^\d.-]+|\s*[^\d.]*$/g, '');
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  return /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN;
}

/** Reads a date, without a zone as UTC: ISO 8601, `2026-05-01 10:22:33 +0100`, epoch seconds or ms. @returns epoch ms, NaN for anything else */
export function readDate(value: unknown): number {
  const text = String(value ?? '').trim();
  if (/^\d{9,13}(\.\d+)?$/.test(text)) return Number(text) < LEAST_MS ? Number(text) * 1000 : Number(text);
  const [, day, time = '00:00', zone = 'Z'] = DATE.exec(text) ?? [];
  return day ? Date.parse(`${day}T${time}${/^(Z|UTC)$/i.test(zone) ? 'Z' : zone.replace(/^(.\d{2}):?/, '$1:')}`) : Number.NaN;
}

/** Reads an arm; anything else, which any script of the shop's page may have written, is none. */
export function readArm(value: unknown): Arm | undefined {
  const text = String(value ?? '')
    .trim()
    .toLowerCase();
  return text === 'treatment' || text === 'holdout' ? text : undefined;
}

/** Reads the arm out of Shopify's `Note Attributes`: `name: value`, a line each. */
export function readNoteAttributes(value: unknown, name: string): string | undefined {
  const line = String(value ?? '')
    .split(/\r\n|\r|\n/)
    .find((each) => each.startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}
