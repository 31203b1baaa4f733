// In: what the worker loads. Out: the same without its texts for people, which messages.js has (docs/decisions/0035-what-the-worker-need-not-load.md).
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import MagicString from 'magic-string';
import { parseAst } from 'rollup/parseAst';

/** Where texts are looked for: all that `worker.js` and `runtime.js` are built from, and some that they are not. */
const ROOMS = ['core', 'worker'];
/** Two words in a row: in these rooms such a literal is read by people alone. */
const PHRASE = /[\w'"”]+[,:;.]? [\w'"“]*[a-z]/i;
/** A text is sent as start, id, then each value behind a mark, then end: `src/core/coded-text.ts` reads it. */
const [START, VALUE, END] = ['\x02', '\x1f', '\x03'];

/** @param {string} folder @returns {Promise<string[]>} every text of the build, its values as marks */
async function findTexts(folder) {
  const texts = [];
  for (const room of ROOMS) {
    const files = (await readdir(`${folder}/${room}`, { recursive: true })).filter((file) => file.endsWith('.js')).sort();
    for (const file of files) {
      for (const { text } of textsIn(await readFile(`${folder}/${room}/${file}`, 'utf8'))) texts.push(text);
    }
  }
  return [...new Set(texts)];
}

/** @param {string} code @returns {{ node: any, parts: any[], text: string }[]} */
export function textsIn(code) {
  const found = [];
  const visit = (node) => {
    if (node.type === 'Literal' && typeof node.value === 'string') found.push({ node, parts: [node], text: node.value });
    if (node.type === 'TemplateLiteral') {
      found.push({ node, parts: node.quasis, text: node.quasis.map((quasi) => quasi.value.cooked).join(VALUE) });
    }
    const { key, ...children } = node;
    for (const child of Object.values(node.computed ? node : children)) if (child && typeof child === 'object') visit(child);
  };
  visit(parseAst(code));
  return found.filter(({ text }) => PHRASE.test(text.replaceAll(VALUE, '0')));
}

/** @param {readonly string[]} texts @returns {Map<string, string>} text → three letters that follow from it, so that a worker of another release names no other text */
export function idsOf(texts) {
  const ids = new Map();
  const taken = new Set();
  for (const text of texts) {
    let number = createHash('sha256').update(text).digest().readUInt32LE() % 36 ** 3;
    while (taken.has(number)) number = (number + 1) % 36 ** 3;
    taken.add(number);
    ids.set(text, number.toString(36));
  }
  return ids;
}

/** @param {string} code @param {Map<string, string>} ids @returns {MagicString} the code with its texts as ids and values */
export function withoutTexts(code, ids) {
  const short = new MagicString(code);
  for (const { node, parts, text } of textsIn(code)) {
    const start = START + ids.get(text);
    if (node.type === 'Literal') short.overwrite(node.start, node.end, `'${start}${END}'`);
    else {
      parts.forEach((part, i) => {
        const around = (i === 0 ? start : '') + (i === parts.length - 1 ? END : VALUE);
        if (part.end > part.start) short.overwrite(part.start, part.end, around);
        else short.appendLeft(part.start, around);
      });
    }
  }
  return short;
}

/** Puts ids in the place of texts. @param {string} folder of the emitted JS */
export function textsAside(folder) {
  let ids;
  return {
    name: 'texts-aside',
    async transform(/** @type {string} */ code, /** @type {string} */ id) {
      if (!ROOMS.some((room) => id.includes(`/${folder}/${room}/`))) return null;
      ids ??= idsOf(await findTexts(folder));
      const short = withoutTexts(code, ids);
      return short.hasChanged() ? { code: short.toString(), map: short.generateMap({ hires: true }) } : null;
    },
  };
}

/** Fills the table of texts, which is empty in the source. @param {string} folder of the emitted JS */
export function allTexts(folder) {
  return {
    name: 'all-texts',
    async transform(/** @type {string} */ _code, /** @type {string} */ id) {
      if (!id.endsWith('/core/all-texts.js')) return null;
      const table = Object.fromEntries([...idsOf(await findTexts(folder))].map(([text, each]) => [each, text]));
      return { code: `export const TEXTS = ${JSON.stringify(table)};`, map: null };
    },
  };
}
