import type { Engine, EngineStatus } from '../core/engine/contract.js';
import type { OnError } from './capture/capture-context.js';
import type { Capture } from './capture/start-capture.js';

export interface LoopTargets {
  readonly onReady: (status: EngineStatus) => void;
  /** called when a slate made earlier may be old */
  readonly onChange: () => void;
  /** called when the shopper withdrew consent in another tab */
  readonly onWithdrawn: () => void;
  readonly onError: OnError;
}

/** The engine and capture, running. */
export interface Loop {
  readonly capture: Capture;
  readonly engine: Engine;
  /** Settles when the first slate can be asked for. */
  readonly started: Promise<EngineStatus>;
  /** Reports what the engine survived, when it says. */
  report(answer: Promise<EngineStatus>): void;
  /** Ends; what capture still holds goes to the engine, or to the tail. */
  stop(): Promise<void>;
  /** Ends and erases everything on the device. */
  erase(): Promise<void>;
}
