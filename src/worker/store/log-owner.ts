import { sha256 } from '../../core/model/sha256.js';
import type { LogRow } from './row-shapes.js';

/** Names an account so that its id is never stored: hashed, with the log's epoch as the salt. @param account `''`, nobody, stays it */
export function ownerOf(epoch: string, account: string | undefined): string | undefined {
  return account && String(sha256(new TextEncoder().encode(epoch + account)));
}

/** Whether a log is another account's; one of nobody's becomes this one's. @param account absent: not said, so nothing is another's */
export function isOthers(log: LogRow | undefined, account: string | undefined): boolean {
  return account !== undefined && !!log?.owner && log.owner !== ownerOf(log.epoch, account);
}
