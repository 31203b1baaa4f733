import { describe, expect, it } from 'vitest';
import { linesToAdd, parsePolicies, type Wanted } from '../../../src/train/doctor/csp.js';

const origin = 'https://shop.test';
const lines = (policy: string, directive: Wanted['directive'], url: string) =>
  linesToAdd(parsePolicies([policy]), { directive, url: url === 'blob:' ? url : new URL(url, origin).href, origin });

describe('linesToAdd', () => {
  it.each([
    ['img-src *', 'https://cdn.test/a.png'],
    ['img-src https:', 'https://cdn.test/a.png'],
    ['img-src cdn.test', 'https://cdn.test/a.png'],
    ['img-src http://cdn.test', 'https://cdn.test/a.png'],
    ['img-src https://*.test', 'https://a.cdn.test/a.png'],
    ['img-src https://cdn.test/img/', 'https://cdn.test/img/a.png'],
    ['img-src https://cdn.test:8443', 'https://cdn.test:8443/a.png'],
    ['img-src https://cdn.test:*', 'https://cdn.test:8443/a.png'],
    ["default-src 'self'", '/a.png'],
    ["script-src 'none'", '/a.png'],
    ['', '/a.png'],
  ])('has nothing to add to "%s" for %s', (policy, url) => {
    expect(lines(policy, 'img-src', url)).toEqual([]);
  });

  it.each([
    ["img-src 'none'", 'https://cdn.test/a/b.png', 'img-src https://cdn.test/a/'],
    ["img-src 'self'", 'https://cdn.test/b.png', "img-src 'self' https://cdn.test/"],
    ["default-src 'none'", '/b.png', "img-src 'self'"],
    ['img-src cdn.test', 'https://cdn.test:8443/b.png', 'img-src cdn.test https://cdn.test:8443/'],
    ['img-src https://cdn.test/a', 'https://cdn.test/b.png', 'img-src https://cdn.test/a https://cdn.test/'],
    ['img-src https://cdn.test', 'http://cdn.test/b.png', 'img-src https://cdn.test http://cdn.test/'],
    ['img-src *.cdn.test', 'https://cdn.test/b.png', 'img-src *.cdn.test https://cdn.test/'],
  ])('turns "%s" for %s into "%s"', (policy, url, line) => {
    expect(lines(policy, 'img-src', url)).toEqual([line]);
  });

  it('looks for the worker where browsers look', () => {
    expect(lines("child-src 'none'; script-src 'self'", 'worker-src', '/w.js')).toEqual(["worker-src 'self'"]);
    expect(lines("script-src 'self'; default-src 'none'", 'worker-src', '/w.js')).toEqual([]);
    expect(lines('worker-src *', 'worker-src', 'blob:')).toEqual(['worker-src * blob:']);
  });

  it('leaves to the browser what nonces and strict-dynamic let in', () => {
    expect(lines("script-src 'nonce-a' 'strict-dynamic'", 'script-src', 'https://cdn.test/auto.js')).toEqual([]);
  });

  it("keeps a directive's own nonce, and does not hand it on to another", () => {
    expect(lines("script-src 'nonce-a'", 'script-src', '/auto.js')).toEqual(["script-src 'nonce-a' 'self'"]);
    expect(lines("script-src 'nonce-a'", 'worker-src', '/w.js')).toEqual(["worker-src 'self'"]);
  });

  it('wants every policy to agree', () => {
    const policies = parsePolicies(["connect-src 'self', connect-src 'none'", "connect-src 'none'"]);
    expect(linesToAdd(policies, { directive: 'connect-src', url: `${origin}/m.json`, origin })).toHaveLength(2);
  });
});
