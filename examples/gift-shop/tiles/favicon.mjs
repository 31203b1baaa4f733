// In: nothing. Out: the shop's icon, as SVG and as the ICO that browsers ask for unasked.

const SIZE_PX = 16;
const GREEN = [0x3a, 0x4b, 0x1f]; // BGR of #1f4b3a
const GOLD = [0x49, 0xb9, 0xe9]; // BGR of #e9b949

export const FAVICON_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#1f4b3a"/><g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"><path d="M16 26V13M16 22c-3.5 0-5.5-2-5.5-5M16 19.500c3.5 0 5.5-2 5.5-5"/></g><g fill="#e9b949"><circle cx="16" cy="10" r="3.6"/><circle cx="10.3" cy="13.5" r="2.8"/><circle cx="21.7" cy="11.5" r="2.8"/></g></svg>`;

/** Draws a gold dot on a green one, 16 px, as an ICO with one 32-bit bitmap. */
export function drawFaviconIco() {
  const pixels = Buffer.alloc(SIZE_PX * SIZE_PX * 4);
  for (let index = 0; index < SIZE_PX * SIZE_PX; index += 1) {
    const distance = Math.hypot((index % SIZE_PX) - 7.5, Math.floor(index / SIZE_PX) - 7.5);
    if (distance < 8) pixels.set([...(distance < 3.2 ? GOLD : GREEN), 255], index * 4);
  }
  const mask = Buffer.alloc(SIZE_PX * 4);
  const bitmap = Buffer.alloc(40);
  bitmap.writeUInt32LE(40, 0);
  bitmap.writeInt32LE(SIZE_PX, 4);
  bitmap.writeInt32LE(SIZE_PX * 2, 8); // picture and mask
  bitmap.writeUInt16LE(1, 12);
  bitmap.writeUInt16LE(32, 14);
  const directory = Buffer.from([0, 0, 1, 0, 1, 0, SIZE_PX, SIZE_PX, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 22, 0, 0, 0]);
  directory.writeUInt32LE(bitmap.length + pixels.length + mask.length, 14);
  return Buffer.concat([directory, bitmap, pixels, mask]);
}
