import { PLATFORMS, type Platform } from '../input/platforms/export-formats.js';
import { oneOf } from './options.js';

/** Reads `--format ga4,shopify`. @throws {TillsideError} `usage` */
export function readFormats(text: string | undefined): Platform[] {
  return text?.split(',').map((part) => oneOf('format', part.trim(), PLATFORMS)) ?? [];
}
