import { codeOf, TillsideError } from '../errors.js';
import { concatBytes } from './concat-bytes.js';

export interface FetchLimits {
  /** what the file may have at most; a byte more aborts the transfer */
  readonly maxBytes: number;
  /** for the whole transfer */
  readonly timeoutMs: number;
  /** asks the host whether a copy that the HTTP cache holds is still current */
  readonly revalidate?: boolean;
}

/** Gets one static file. The browser's is `fetchFile`; Node's reads from disk. */
export type FetchFile = (url: string, limits: FetchLimits) => Promise<Uint8Array>;

/**
 * Fetches one file without credentials, counting bytes as they stream in.
 *
 * @throws {TillsideError} `bundle-too-large`, `bundle-timeout`, `bundle-unreachable`
 */
export const fetchFile: FetchFile = async (url, { maxBytes, timeoutMs, revalidate = false }) => {
  const abort = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    abort.abort();
  }, timeoutMs);
  try {
    const response = await fetch(url, { signal: abort.signal, credentials: 'omit', cache: revalidate ? 'no-cache' : 'default' });
    if (!response.ok) throw unreachable(url, `answered ${response.status}`);
    return response.body ? await readAll(response.body, url, maxBytes) : new Uint8Array();
  } catch (error) {
    if (timedOut) throw new TillsideError('bundle-timeout', `${url} took longer than ${timeoutMs} ms. Check its host.`, error);
    throw codeOf(error)?.startsWith('bundle-') ? error : unreachable(url, 'cannot be reached', error);
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
};

async function readAll(body: ByteStream, url: string, maxBytes: number): Promise<Uint8Array> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (let { value } = await reader.read(); value; { value } = await reader.read()) {
    total += value.length;
    if (total > maxBytes)
      throw new TillsideError('bundle-too-large', `${url} has more than ${maxBytes} bytes. Publish the bundle again.`);
    chunks.push(value);
  }
  return concatBytes(chunks);
}

function unreachable(url: string, what: string, cause?: unknown): TillsideError {
  return new TillsideError('bundle-unreachable', `${url} ${what}. Check its URL and host.`, cause);
}
