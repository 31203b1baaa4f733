import { CONTRACT_VERSION, type Engine, type EngineStatus } from '../core/engine/contract.js';
import { takeEvents } from '../core/engine/take-events.js';
import type { Diagnostic } from '../core/errors.js';
import { parseConfig, parseIdGroups, parseRequest } from './contract-shapes.js';

/** Puts an engine behind a check of everything it is told; events it refused are among its diagnostics too. */
export function validateCalls(engine: Engine): Engine {
  let count = 0;
  let refused: readonly Diagnostic[] = [];
  const withRefused = (status: EngineStatus): EngineStatus => ({ ...status, diagnostics: [...status.diagnostics, ...refused] });

  return {
    async start(config) {
      // The engine refuses another version itself; its settings may have another shape.
      const isOurs = (config as { contractVersion?: unknown } | null)?.contractVersion === CONTRACT_VERSION;
      return withRefused(await engine.start(isOurs ? parseConfig(config) : config));
    },
    complete: async () => withRefused(await engine.complete()),
    async record(batch) {
      const receipt = await takeEvents(engine, batch);
      for (const refusal of receipt.refusals) {
        refused = [{ code: 'invalid-event', message: `${++count} events were left out, the last because: ${refusal}` }];
      }
      return receipt;
    },
    recommend: async (request) => engine.recommend(parseRequest(request)),
    resolve: async (groups) => engine.resolve(parseIdGroups(groups)),
    // What reads the offers reads the question too.
    lookAtOffers: (question) => engine.lookAtOffers(question),
    forget: () => engine.forget(),
    exportData: () => engine.exportData(),
    status: async () => withRefused(await engine.status()),
    stop: () => engine.stop(),
  };
}
