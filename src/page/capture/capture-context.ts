import type { ErrorCode } from '../../core/errors.js';

/** Where failures go; never throws. */
export type OnError = (code: ErrorCode, message: string) => void;

/** What every watcher of the page works on. */
export interface CaptureContext {
  readonly window: Window & typeof globalThis;
  /** monotonic, ms */
  now(): number;
  /** epoch ms */
  wallClock(): number;
  readonly onError: OnError;
}
