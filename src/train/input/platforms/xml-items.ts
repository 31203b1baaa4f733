// In: an RSS 2.0 or Atom feed of products. Out: its items one by one, each as the texts of its own elements. A feed is flat: this is no XML parser.
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { TillsideError } from '../../../core/errors.js';

/** The elements of one item by name, without the prefix; of several of a name the first. */
export interface XmlItem {
  /** 1-based, of its opening tag */
  readonly line: number;
  readonly texts: ReadonlyMap<string, string>;
}

const OPENING = /<(item|entry)(?:\s[^>]*)?>/;
/** No item is as long as this, characters: without an end it is not read to the end of the file. */
const MAX_ITEM = 1_000_000;
const ELEMENT = /<(?:[\w-]+:)?([\w-]+)(?:\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:[\w-]+:)?\1\s*>)/g;
const REFERENCES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads a feed as a stream, in the encoding that it declares.
 *
 * @throws {TillsideError} `input-invalid` naming the line of an item that does not end, or for what is no feed
 */
export async function* readXmlItems(file: string): AsyncGenerator<XmlItem> {
  const raw = createReadStream(file);
  const source = /\.gz$/i.test(file) ? raw.pipe(createGunzip()) : raw;
  let decoder: TextDecoder | undefined;
  let text = '';
  let line = 1;
  let isFeed = false;
  const cut = (length: number) => {
    line += text.slice(0, length).split('\n').length - 1;
    text = text.slice(length);
  };
  for await (const chunk of source) {
    decoder ??= new TextDecoder(encodingOf(chunk as Buffer));
    text += decoder.decode(chunk as Buffer, { stream: true });
    isFeed ||= /<(rss|feed|channel)[\s>]/.test(text);
    for (;;) {
      const opening = OPENING.exec(text);
      if (opening === null) break;
      cut(opening.index);
      const ending = `</${opening[1]}>`;
      const end = endOf(text, ending);
      if (end === undefined) {
        if (text.length > MAX_ITEM) throw unclosed(file, line, opening[1] as string);
        break;
      }
      yield { line, texts: textsOf(text.slice(opening[0].length, end)) };
      cut(end + ending.length);
    }
  }
  if (OPENING.test(text)) throw unclosed(file, line, (OPENING.exec(text) as RegExpExecArray)[1] as string);
  if (!isFeed)
    throw new TillsideError('input-invalid', `${file}: no RSS or Atom feed. Give the XML file of the product feed, or its TSV.`);
}

/** Where an item ends, outside of CDATA; nothing before all of it is there. */
function endOf(text: string, ending: string): number | undefined {
  let from = 0;
  for (;;) {
    const end = text.indexOf(ending, from);
    if (end < 0) return undefined;
    const opened = text.lastIndexOf('<![CDATA[', end);
    const closed = opened < 0 ? -1 : text.indexOf(']]>', opened);
    if (opened < from || (closed >= 0 && closed < end)) return end;
    if (closed < 0) return undefined;
    from = closed;
  }
}

function textsOf(item: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [, name = '', inner = ''] of item.matchAll(ELEMENT)) {
    const text = toText(inner);
    if (text !== '' && !texts.has(name)) texts.set(name, text);
  }
  return texts;
}

function toText(inner: string): string {
  return inner
    .split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
    .map((part) => (part.startsWith('<![CDATA[') ? part.slice(9, -3) : decode(part)))
    .join('')
    .trim();
}

function decode(text: string): string {
  return text.replaceAll(/&(#x?)?(\w+);/gi, (reference: string, base: string | undefined, name: string) => {
    if (base === undefined) return REFERENCES[name] ?? reference;
    const code = Number(base === '#' ? name : `0x${name}`);
    return code < 0x110000 ? String.fromCodePoint(code) : '';
  });
}

function encodingOf(start: Buffer): string {
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff))
    return start[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const declared = /^[^>]*encoding=["']([\w-]+)["']/.exec(start.subarray(0, 200).toString('latin1'))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    return 'utf-8'; // nothing that is known: most likely wrongly declared
  }
}

function unclosed(file: string, line: number, name: string): TillsideError {
  return new TillsideError(
    'input-invalid',
    `${file}, line ${line}: <${name}> is never closed. The file is cut off, or not XML: export it again.`,
  );
}
