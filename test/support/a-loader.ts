import { takeEvents } from '../../src/core/engine/take-events.js';
import type { Chunks, Files } from '../../src/page/platform.js';
import type { FakeEngine } from './fake-engine.js';

/** Loads what a page loads when it is needed, with this engine for the page's own; like that one it judges events itself. */
export function aLoader(createEngine: () => FakeEngine, onLoad: (name: keyof Chunks) => void = () => {}): Files['load'] {
  const chunks: { readonly [Name in keyof Chunks]: () => Promise<Chunks[Name]> } = {
    loop: () => import('../../src/page/loop.js'),
    offers: () => import('../../src/offers.js'),
    sources: () => import('../../src/page/adapters/sources.js'),
    receipt: () => import('../../src/page/read-receipt.js'),
    analytics: () => import('../../src/page/analytics/start-analytics.js'),
    holdout: () => import('../../src/holdout.js'),
    messages: () => import('../../src/messages.js'),
    'json-ld': () => import('../../src/page/adapters/json-ld.js'),
    async 'page-engine'() {
      const engine = createEngine();
      const judging = Object.create(engine, { record: { value: (batch: unknown) => takeEvents(engine, batch) } });
      return { createPageEngine: () => judging };
    },
  };
  return (name) => {
    onLoad(name);
    return chunks[name]();
  };
}
