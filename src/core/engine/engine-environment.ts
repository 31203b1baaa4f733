import type { FetchFile } from '../model/fetch-file.js';
import type { RuntimeModule } from '../model/open-runtime.js';
import type { EngineConfig, EngineStatus } from './contract.js';
import type { OffersModule } from './offers-module.js';
import type { Store } from './store.js';

/** What a place must bring for the engine to run there. */
export interface EngineEnvironment {
  readonly where: EngineStatus['where'];
  store(config: EngineConfig): Promise<Store>;
  /** epoch ms */
  now(): number;
  readonly fetchFile: FetchFile;
  /** absent where no model runtime may load */
  importRuntime?(url: string): Promise<RuntimeModule>;
  /** whether this device is to download no more than a first slate takes; absent where `start` is to wait for the whole bundle */
  isSparing?(): boolean;
  /** absent where nobody shows offers */
  importOffers?(url: string): Promise<OffersModule>;
}

/** The shopper's hours are local ones; logs are read as they are written. */
export function utcOffsetMs(where: EngineStatus['where'], now: number): number {
  return where === 'node' ? 0 : -new Date(now).getTimezoneOffset() * 60_000;
}
