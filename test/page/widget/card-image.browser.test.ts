import { afterEach, describe, expect, it } from 'vitest';
import { imageOf } from '../../../src/page/widget/card-image.js';

afterEach(() => document.body.replaceChildren());

const ELSEWHERE = 'https://images.example/cup.jpg';

describe('imageOf', () => {
  it("takes every picture of the catalogue's, or none", () => {
    expect(imageOf(ELSEWHERE, 'all')).toBe(ELSEWHERE);
    expect(imageOf('/cup.jpg', 'all')).toBe(new URL('/cup.jpg', location.href).href);
    expect([imageOf(ELSEWHERE, 'none'), imageOf('/cup.jpg', 'none'), imageOf(undefined, 'all')]).toEqual(['', '', '']);
    expect(imageOf('data:image/png;base64,AA', 'all')).toBe('');
  });

  it('takes of page-known ones those of the page itself, and of nobody else', () => {
    expect(imageOf('/cup.jpg', 'page-known')).toBe(new URL('/cup.jpg', location.href).href);
    expect(imageOf(ELSEWHERE, 'page-known')).toBe('');
  });

  it('knows where a picture of the page comes from', () => {
    document.body.innerHTML = '<img src="https://images.example/logo.svg" loading="lazy" style="margin-top: 99999px" alt="">';
    expect(imageOf(ELSEWHERE, 'page-known')).toBe(ELSEWHERE);
    expect(imageOf('https://images.example.evil/cup.jpg', 'page-known')).toBe('');
    expect(imageOf('https://other.example/cup.jpg', 'page-known')).toBe('');
  });

  it.each([
    '{"@type":"Product","image":"https://images.example/plate.jpg"}',
    '{"@type":"Product","image":["https:\\/\\/images.example\\/plate.jpg"]}',
  ])('knows what the JSON-LD names: %s', (text) => {
    const script = Object.assign(document.createElement('script'), { type: 'application/ld+json', textContent: text });
    document.body.append(script);
    expect(imageOf(ELSEWHERE, 'page-known')).toBe(ELSEWHERE);
    expect(imageOf('https://other.example/cup.jpg', 'page-known')).toBe('');
  });
});
