// In: texts of content security policies. Out: whether a URL may be loaded, and the line that would let it. CSP Level 3, what a storefront needs of it.

/** Directive → its sources, of one policy. */
export type Policy = ReadonlyMap<string, readonly string[]>;

export interface Wanted {
  readonly directive: 'connect-src' | 'script-src' | 'worker-src' | 'img-src';
  /** absolute; `blob:` for a worker from a blob */
  readonly url: string;
  /** origin of the document or worker that the policy is of */
  readonly origin: string;
}

/** Who decides where a directive is not there, the nearest first. */
const FALLBACKS: Readonly<Record<Wanted['directive'], readonly string[]>> = {
  'connect-src': ['default-src'],
  'img-src': ['default-src'],
  'script-src': ['default-src'],
  'worker-src': ['child-src', 'script-src', 'default-src'],
};
const KEYWORD = /^'(nonce-|sha\d|unsafe-|strict-|report-|wasm-)/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:$/i;
const HOST_SOURCE = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^:/*]+)(?::(\d+|\*))?(\/.*)?$/i;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** @param texts header values or contents of meta elements; each may hold several policies */
export function parsePolicies(texts: readonly string[]): Policy[] {
  return texts
    .flatMap((text) => text.split(','))
    .flatMap((text) => {
      const policy = new Map<string, readonly string[]>();
      for (const part of text.split(';')) {
        const [name, ...sources] = part.trim().split(/\s+/);
        if (name && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources);
      }
      return policy.size > 0 ? [policy] : [];
    });
}

/** What each policy that refuses `wanted` should say instead: the directive with all its sources and the new one. */
export function linesToAdd(policies: readonly Policy[], wanted: Wanted): string[] {
  return policies.flatMap((policy) => {
    const sources = sourcesOf(policy, wanted.directive);
    if (sources === undefined || isAllowed(sources, wanted)) return [];
    // A directive's own nonces and keywords stay; those of one that it falls back on speak of something else.
    const isOwn = policy.has(wanted.directive);
    const kept = sources.filter((source) => !/^'none'$/i.test(source) && (isOwn || !KEYWORD.test(source)));
    return [[wanted.directive, ...new Set([...kept, sourceFor(wanted)])].join(' ')];
  });
}

/** The sources that decide on a directive; none: everything may be loaded. */
function sourcesOf(policy: Policy, directive: Wanted['directive']): readonly string[] | undefined {
  const name = [directive, ...FALLBACKS[directive]].find((each) => policy.has(each));
  return name === undefined ? undefined : policy.get(name);
}

function isAllowed(sources: readonly string[], wanted: Wanted): boolean {
  // Where trust is handed on from script to script, addresses do not count; what was refused nevertheless, the browser tells.
  if (wanted.directive !== 'connect-src' && sources.some((source) => /^'strict-dynamic'$/i.test(source))) return true;
  return sources.some((source) => matches(source, wanted));
}

function matches(source: string, { url, origin }: Wanted): boolean {
  const { protocol, hostname, port, pathname } = new URL(url);
  if (SCHEME.test(source)) return isSameScheme(source.toLowerCase(), protocol);
  if (protocol === 'blob:' || protocol === 'data:') return false;
  if (source === '*') return true;
  if (source.toLowerCase() === "'self'") return new URL(url).origin === origin;
  const [, scheme, host = '', wantedPort, path = ''] = HOST_SOURCE.exec(source) ?? [];
  if (host === '' || source.startsWith("'")) return false;
  const wantedScheme = scheme ? `${scheme.toLowerCase()}:` : new URL(origin).protocol;
  if (!isSameScheme(wantedScheme, protocol)) return false;
  const actualPort = port || DEFAULT_PORTS[protocol];
  const isPort =
    wantedPort === '*' || (wantedPort ? wantedPort === actualPort : port === '' || port === DEFAULT_PORTS[wantedScheme]);
  return isPort && isHost(host.toLowerCase(), hostname) && isPath(path, pathname);
}

/** https satisfies http. */
function isSameScheme(wanted: string, actual: string): boolean {
  return wanted === actual || (wanted === 'http:' && actual === 'https:');
}

function isHost(wanted: string, actual: string): boolean {
  return wanted === '*' || (wanted.startsWith('*.') ? actual.endsWith(wanted.slice(1)) : wanted === actual);
}

/** A path that ends in a slash stands for all below it. */
function isPath(wanted: string, actual: string): boolean {
  return wanted === '' || wanted === '/' || (wanted.endsWith('/') ? actual.startsWith(wanted) : wanted === actual);
}

/** The narrowest source that a shop can keep over a release: its own origin, or a folder of another. */
function sourceFor({ url, origin }: Wanted): string {
  const { protocol, origin: theirs } = new URL(url);
  if (protocol === 'blob:') return 'blob:';
  return theirs === origin ? "'self'" : new URL('.', url).href;
}
