import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSafeUrl } from '../../src/page/safe-url.js';

const BASE = 'https://shop.example/cart/';

describe('toSafeUrl', () => {
  it.each([
    ['/product/1', 'https://shop.example/product/1'],
    ['tile.png', 'https://shop.example/cart/tile.png'],
    ['http://cdn.example/a.png', 'http://cdn.example/a.png'],
    ['?item=1#top', 'https://shop.example/cart/?item=1#top'],
  ])('follows %s', (url, absolute) => {
    expect(toSafeUrl(url, BASE)).toBe(absolute);
  });

  it.each([
    undefined,
    '',
    '\u0000',
    ' \u0001 ',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    ' \u0001javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://shop.example/1',
    'file:///etc/passwd',
    'https://shop.example@evil.example/',
    'https://[',
    `/${'a'.repeat(3_000)}`,
  ])('does not follow %j', (url) => {
    expect(toSafeUrl(url, BASE)).toBeUndefined();
  });

  it('gives an http(s) URL or none, for any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl()), (url) => /^https?:/.test(toSafeUrl(url, BASE) ?? 'https:')));
  });
});
