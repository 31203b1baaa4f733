import { createTillsideOn } from '../../src/page/create-tillside.js';
import type { TillsideOptions } from '../../src/page/options.js';
import type { Tillside } from '../../src/page/tillside.js';
import { aLoader } from './a-loader.js';
import type { FakeEngine } from './fake-engine.js';

/** The real tillside of a page over an engine made by hand: no worker runs. */
export function aPageTillside(engine: FakeEngine, options: Partial<TillsideOptions> = {}): Tillside {
  const files = {
    spawnWorker() {
      throw new Error('no workers in this test');
    },
    runtimeUrl: 'https://shop.example/t/runtime.js',
    tfjsUrl: 'https://shop.example/t/tfjs.js',
    offersUrl: 'https://shop.example/t/offers.js',
    load: aLoader(() => engine),
  };
  return createTillsideOn(() => files, { bundle: '/m/manifest.json', consent: 'granted', ...options });
}
