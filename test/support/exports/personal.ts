import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { personalTexts, type Shop } from './a-shop.js';

/** Parts that every drawn customer's e-mail, phone, address and note has. */
const SHARED = ['planted-mail', '+44770090', '203.0.113.', 'Little Wexcombe', 'SN8 3AB', 'Gift for'];

/** Everything planted in a shop's exports that must not be found again. */
export function plantedIn(shop: Shop): string[] {
  return [...personalTexts(shop), ...SHARED];
}

/** Which of it stands in these bytes, in any case, as UTF-8 or UTF-16. */
export function foundIn(contents: readonly Buffer[], planted: readonly string[]): string[] {
  const isIn = (bytes: Buffer, text: string) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));
  return planted.filter((text) => contents.some((bytes) => isIn(bytes, text) || isIn(bytes, text.toLowerCase())));
}

/** The bytes of every file of a folder. */
export async function filesOf(path: string): Promise<Buffer[]> {
  return Promise.all((await readdir(path)).map((name) => readFile(join(path, name))));
}
