import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/train/doctor/diagnose.js';
import type { CheckName } from '../../../src/train/doctor/finding.js';
import type { Visit } from '../../../src/train/doctor/visit.js';
import { aFile, aVisit } from '../../support/a-visit.js';

const found = (visit: Visit, check: CheckName) => diagnose(visit).find((finding) => finding.check === check);
const complaints = (visit: Visit) =>
  diagnose(visit)
    .filter(({ verdict }) => verdict === 'warning' || verdict === 'broken')
    .map(({ check }) => check);

describe('diagnose', () => {
  it('complains of nothing where all is well', () => {
    expect(complaints(aVisit())).toEqual([]);
  });

  it('gives a remedy with every complaint', () => {
    const visits = [aVisit({ status: 500 }), aVisit({ files: [aFile('/tillside/loop.js', {}, { status: 404 })] })];
    for (const { verdict, remedy } of visits.flatMap(diagnose))
      expect(remedy === undefined || remedy.length === 0).toBe(verdict === 'fine' || verdict === 'skipped');
  });

  it('does not tell what another finding explains', () => {
    const findings = diagnose(aVisit({ files: [aFile('/tillside/element.js', {}, { status: 404 })] }));
    expect(findings.find(({ check }) => check === 'files')?.verdict).toBe('broken');
    expect(findings.find(({ check }) => check === 'widget')).toMatchObject({ verdict: 'skipped', because: 'files' });
  });
});

describe('caching', () => {
  const verdictOf = (path: string, control: string) =>
    found(aVisit({ files: [aFile(path, { 'cache-control': control })] }), 'caching')?.verdict;

  it.each([
    ['/models/items-0123456789.u8', 'public, max-age=31536000, immutable', 'fine'],
    ['/models/items-0123456789.u8', 'no-cache', 'warning'],
    ['/models/manifest.json', 'max-age=300', 'fine'],
    ['/models/manifest.json', 'max-age=604800', 'warning'],
    ['/models/manifest.json', '', 'warning'],
    ['/models/first-stage.txt', 'no-cache', 'fine'],
    ['/models/first-stage.txt', '', 'fine'],
    ['/models/first-stage.txt', 'public, max-age=31536000, immutable', 'warning'],
    ['/tillside/loop.js', 'public, max-age=31536000', 'warning'],
    ['/tillside@0.1.0/loop.js', 'public, max-age=31536000', 'fine'],
    ['/tillside/loop.js?v=12', 'public, max-age=31536000', 'fine'],
    ['/tillside/loop.js', 'no-store', 'warning'],
  ])('of %s with "%s" is %s', (path, control, verdict) => {
    expect(verdictOf(path, control)).toBe(verdict);
  });
});

describe('the bundle', () => {
  it('is told to lack what makes first visits short', () => {
    const without = aVisit({ files: [aFile('/models/first-stage.txt', {}, { status: 404 })] });
    expect(found(without, 'bundle')).toMatchObject({
      verdict: 'warning',
      seen: expect.stringContaining('first-stage.txt answered 404'),
    });
    expect(complaints(without)).toEqual(['bundle']);
    expect(found(aVisit({ files: [aFile('/models/first-stage.txt')] }), 'bundle')?.verdict).toBe('fine');
  });

  it('is told to have that of another bundle', () => {
    const visit = (fitsManifest: boolean) => aVisit({ files: [aFile('/models/first-stage.txt', {}, { fitsManifest })] });
    expect(found(visit(false), 'bundle')).toMatchObject({
      verdict: 'warning',
      seen: expect.stringContaining('first-stage.txt is of another bundle than the manifest'),
    });
    expect(found(visit(true), 'bundle')?.verdict).toBe('fine');
  });
});

describe('compression', () => {
  const plain = [aFile('/tillside/loop.js', {}, { headers: { 'content-type': 'text/javascript', 'cache-control': 'no-cache' } })];

  it('is missed, with what it would save', () => {
    expect(found(aVisit({ files: plain }), 'compression')).toMatchObject({
      verdict: 'warning',
      seen: expect.stringContaining('13 kB'),
    });
  });

  it('is not judged on the own machine', () => {
    const url = 'http://localhost:4173/cart';
    expect(found(aVisit({ files: plain, markup: { url } }), 'compression')?.verdict).toBe('skipped');
  });
});

describe('consent', () => {
  it('names the platforms that are asked', () => {
    expect(found(aVisit({ markup: { consentPlatforms: ['Shopify', 'TCF'] } }), 'consent')?.seen).toContain('Shopify, TCF');
  });

  it('is fine where a script of the shop tells of it', () => {
    const visit = aVisit({
      markup: { consentPlatforms: [] },
      consent: { before: 'pending', after: 'granted', isForced: false },
      callers: { consent: ['banner.js'], cart: [] },
    });
    expect(found(visit, 'consent')).toMatchObject({ verdict: 'fine', seen: expect.stringContaining('banner.js') });
  });

  it('left pending keeps the engine from being judged', () => {
    const { slate: _, ...visit } = aVisit({ consent: { before: 'pending', after: 'pending', isForced: false } });
    expect(found(visit, 'tier')).toMatchObject({ verdict: 'skipped', because: 'consent' });
    expect(complaints(visit)).toEqual([]);
  });
});

describe('images', () => {
  const images = [{ url: 'http://img.test/1.jpg', isShown: false }];

  it('of http on an https page are named as such', () => {
    expect(found(aVisit({ running: { images } }), 'images')?.seen).toContain('http on an https page');
  });

  it('say what the browser said of a host that does not answer', () => {
    const url = 'https://img.test/1.jpg';
    const visit = aVisit({
      running: { images: [{ url, isShown: false }] },
      failures: new Map([[url, 'net::ERR_NAME_NOT_RESOLVED']]),
    });
    expect(found(visit, 'images')?.seen).toContain('ERR_NAME_NOT_RESOLVED');
  });
});

describe('what tillside told', () => {
  const told = (code: string) => aVisit({ running: { told: [{ code, message: 'Two things differ: a and b. Correct one.' }] } });

  it('belongs to the check that its code is of', () => {
    expect(found(told('source-conflict'), 'cart')).toMatchObject({
      verdict: 'warning',
      seen: 'Two things differ: a and b (source-conflict)',
      remedy: ['Correct one.'],
    });
    expect(complaints(told('model-nonfinite'))).toEqual(['bundle']);
  });

  it('is listed by itself where no check is about it', () => {
    expect(found(told('store-quota'), 'reports')?.verdict).toBe('warning');
    expect(found(told('page-failed'), 'reports')?.verdict).toBe('broken');
  });
});

describe('offers', () => {
  const asked = {
    markup: {
      tags: [{ src: 'https://shop.test/tillside/auto.js', type: '', data: { bundle: '/models/manifest.json', offers: '' } }],
    },
  };
  const vocabulary = aFile(
    '/models/vocabulary-0123456789.json',
    { 'cache-control': 'immutable' },
    { text: '{"items":["a","b"]}' },
  );
  const offers = (items: object, headers = {}) =>
    aFile('/models/offers.json', headers, {
      text: JSON.stringify({
        formatVersion: 1,
        generatedAt: '2025-12-31T20:00:00Z',
        markets: { gb: { currency: 'GBP' } },
        items,
      }),
    });

  it('are not missed where none are asked for', () => {
    expect(found(aVisit(), 'offers')?.verdict).toBe('fine');
  });

  it('of more strange ids than known ones are warned of, and entries in which something is wrong', () => {
    const strange = aVisit({ ...asked, files: [vocabulary, offers({ a: {}, x: {}, y: {} })] });
    expect(found(strange, 'offers')).toMatchObject({ verdict: 'warning', seen: expect.stringContaining('knows 1 of its 3 ids') });
    const wrong = aVisit({ ...asked, files: [vocabulary, offers({ a: { price: { gb: '3' } } })] });
    expect(found(wrong, 'offers')).toMatchObject({
      verdict: 'warning',
      seen: expect.stringContaining('left out: items.a.price.gb'),
    });
    expect(found(aVisit({ ...asked, files: [vocabulary, offers({ a: {} })] }), 'offers')).toMatchObject({
      verdict: 'fine',
      seen: expect.stringContaining('written 4 h ago'),
    });
  });

  it('that caches keep for days are warned of', () => {
    const visit = aVisit({ ...asked, files: [vocabulary, offers({ a: {} }, { 'cache-control': 'max-age=604800' })] });
    expect(found(visit, 'caching')?.seen).toBe('offers.json is kept for 7 days: so late is a new price seen');
  });
});

describe('a bundle', () => {
  it('that ends within a week is warned of', () => {
    const text = JSON.stringify({ formatVersion: 1, notAfter: '2026-01-04T00:00:00.000Z' });
    const visit = aVisit({ files: [aFile('/models/manifest.json', {}, { text })] });
    expect(found(visit, 'bundle')).toMatchObject({ verdict: 'warning', seen: expect.stringContaining('ends in 3 days') });
  });
});
