import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { runDoctor } from './support/run-doctor.js';

const TIMEOUT_S = 8;
/** Node and the browser start and end beside the time that a page is given. */
const MOST_MS = (TIMEOUT_S + 12) * 1_000;

type Answer = (response: ServerResponse, path: string) => void;

async function doctorAt(answer: Answer) {
  const server = createServer(({ url = '/' }, response) => answer(response, url));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const startedAt = performance.now();
  const ended = await runDoctor(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, '--timeout', String(TIMEOUT_S));
  const tookMs = performance.now() - startedAt;
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expect(tookMs).toBeLessThan(MOST_MS);
  return ended;
}

const html =
  (body: string): Answer =>
  (response, path) =>
    void response
      .writeHead(path === '/' ? 200 : 404, { 'content-type': 'text/html' })
      .end(path === '/' ? `<!doctype html>${body}` : '');

const UNREACHABLE: readonly (readonly [string, Answer, RegExp])[] = [
  ['redirects in a circle', (response) => void response.writeHead(302, { location: '/' }).end(), /redirects in a circle/],
  ['never answers', () => {}, /did not answer in time.*--timeout/],
  ['hangs up', (response) => void response.destroy(), /hung up/],
  ['is a download', (response) => void response.writeHead(200, { 'content-disposition': 'attachment' }).end('x'), /a download/],
];

it.each(UNREACHABLE)('says in a sentence that a page %s, and exits 1', async (_what, answer, reason) => {
  const { code, stdout, stderr } = await doctorAt(answer);
  expect(stderr).toMatch(/^tillside doctor: http:\/\/127\.0\.0\.1:\d+\/ cannot be opened: /m);
  expect(stderr).toMatch(reason);
  expect(stdout).toBe('');
  expect(code).toBe(1);
});

it('says that nothing listens at an address', async () => {
  const { code, stderr } = await runDoctor('http://127.0.0.1:9/');
  expect(stderr).toMatch(/cannot be opened/);
  expect(code).toBe(1);
});

const STRANGE: readonly (readonly [string, Answer, RegExp])[] = [
  [
    'is not there',
    (response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<p>Gone'),
    /✗ page +answered 404/,
  ],
  [
    'never ends loading',
    (response, path) =>
      void (path === '/' ? response.writeHead(200, { 'content-type': 'text/html' }).write('<p>One') : response.end()),
    /! page +was still loading/,
  ],
  ['runs for ever', html('<script>for (;;);</script>'), /✗ page +could not be read within \d/],
  ['loads itself again and again', html('<script>location.reload()</script>'), /page +(navigated|could not be read)/],
  [
    'opens windows and dialogs',
    html(
      '<script>onload = () => { open("/"); alert(1); confirm(2); onbeforeunload = () => false; open("about:blank"); };</script>',
    ),
    /✓ page +200/,
  ],
  [
    'has other things where tillside would be',
    html(
      '<form id=tillside></form><form id=tillsideConfig></form><form id=dataLayer></form><tillside-suggestions></tillside-suggestions>' +
        '<script>document.dispatchEvent(new CustomEvent("tillside:ready", { detail: { on() { throw 1; } } }));</script>',
    ),
    /✗ script +<tillside-suggestions> is on the page/,
  ],
  ['has broken what browsers bring', html('<script>Set = undefined</script>'), /✗ page +could not be read.*Set/],
  ['is huge', html(`<!-- ${'x'.repeat(20_000_000)} -->${'<p>x'.repeat(20_000)}`), /✓ page +200/],
];

it.each(STRANGE)('judges a page that %s', async (_what, answer, line) => {
  const { code, stdout } = await doctorAt(answer);
  expect(stdout).toMatch(line);
  expect(stdout).toMatch(/\d broken/);
  expect(code).toBe(1);
});
