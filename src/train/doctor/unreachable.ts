import { TillsideError } from '../../core/errors.js';

/** The browser's words for what keeps a page from being opened, in a developer's. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/ERR_NAME_NOT_RESOLVED/, 'there is no such host. Correct the address'],
  [/ERR_CONNECTION_REFUSED/, 'nothing listens there. Start the shop, or correct the port'],
  [/ERR_TOO_MANY_REDIRECTS/, 'it redirects in a circle. Open the address that it should lead to'],
  [/ERR_CERT|SSL/, 'its certificate is not trusted, and shoppers would be warned. Mend the certificate'],
  [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/, 'this machine has no network. Connect it'],
  [/Timeout|timed? ?out/i, 'it did not answer in time. Give more by --timeout SECONDS, or mend the host'],
  [/Download is starting/, 'it is a download, not a page. Open a page of the shop'],
  [/ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_CONNECTION_CLOSED/, 'the host hung up without an answer. Look at its log'],
];

/** The error of a page that cannot be opened. @param message the browser's */
export function unreachable(url: string, message: string, cause?: unknown): TillsideError {
  const known = REASONS.find(([pattern]) => pattern.test(message))?.[1];
  const [reason = message] = message.replace(/^page\.goto: /, '').split('\n');
  return new TillsideError('page-unreachable', `${url} cannot be opened: ${known ?? `${reason}. Open it in a browser`}.`, cause);
}
