import type { Engine, EngineStatus, ExportedData } from '../core/engine/contract.js';
import type { OnError } from './capture/capture-context.js';
import type { Capture } from './capture/start-capture.js';
import type { PageEvents } from './page-events.js';
import type { Tillside, TillsideInstance } from './tillside.js';

export interface LoopTargets {
  /** tells the page's listeners: `ready`, and `refine` after a first slate that was made from a part of the bundle, once the whole is in, and when the page says a price or a stock that is new */
  readonly tell: PageEvents['emit'];
  /** called when a slate made earlier may be old */
  readonly onChange: () => void;
  /** called when the shopper withdrew consent in another tab */
  readonly onWithdrawn: () => void;
  readonly onError: OnError;
}

/** Capture into memory: of what it holds no request, storage, channel or worker knows until it begins. */
export interface HeldLoop {
  readonly capture: Capture;
  /** Starts the engine, which is given first what was held; once, and only with consent. */
  begin(): Loop;
  /** Ends without having begun: what was held is gone. */
  drop(): void;
}

/** What a page can ask a running loop for. */
export type Answers = Pick<Tillside, 'recommend' | 'add' | 'remove' | 'erase' | 'exportData'>;

/** The engine and capture, running. */
export interface Loop {
  /** Creates what answers one instance. @param needLoop rejects where none runs */
  createAnswers(needLoop: () => Promise<Loop>, events: PageEvents): Answers;
  /** Tells the shop's own analytics of suggestions, where it asks for that. While consent is withdrawn they are told nothing. @returns its end */
  openAnalytics(instance: TillsideInstance): Promise<() => void> | undefined;
  readonly capture: Capture;
  readonly engine: Engine;
  /** Settles when the first slate can be asked for. */
  readonly started: Promise<EngineStatus>;
  /** Reports what the engine survived, when it says. */
  report(answer: Promise<EngineStatus>): void;
  /** Erases everything on the device and goes on. */
  forget(): Promise<void>;
  /** Everything kept on the device and, as `meta`, what is on its way there and how long it stays. */
  exportData(): Promise<ExportedData>;
  /** Ends; what capture still holds goes to the engine, or to the tail. */
  stop(): Promise<void>;
  /** Ends and erases everything on the device. */
  erase(): Promise<void>;
}
