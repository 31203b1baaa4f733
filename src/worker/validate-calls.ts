import { CONTRACT_VERSION, type Engine, type EngineStatus } from '../core/engine/contract.js';
import type { Diagnostic } from '../core/errors.js';
import { parseConfig, parseEvents, parseIdGroups, parseRequest } from './contract-shapes.js';

/**
 * Puts an engine behind a check of everything it is told. Invalid events are left out and reported as `invalid-event`, and
 * acknowledged: sending them again would not mend them.
 */
export function validateCalls(engine: Engine): Engine {
  let dropped = 0;

  const withDropped = (status: EngineStatus): EngineStatus => {
    if (dropped === 0) return status;
    const message = `${dropped} events were not valid and left out. Check what track() is given.`;
    const diagnostic: Diagnostic = { code: 'invalid-event', message };
    return { ...status, diagnostics: [...status.diagnostics, diagnostic] };
  };

  return {
    async start(config) {
      // The engine refuses another version itself; its settings may have another shape.
      const isOurs = (config as { contractVersion?: unknown } | null)?.contractVersion === CONTRACT_VERSION;
      return withDropped(await engine.start(isOurs ? parseConfig(config) : config));
    },
    async record(batch) {
      const { events, invalid } = parseEvents(batch);
      dropped += invalid.length;
      const receipt = await engine.record(events);
      const refusedIds = invalid.map((candidate) => (candidate as { eventId?: unknown } | null)?.eventId);
      return { ...receipt, eventIds: [...receipt.eventIds, ...refusedIds.filter((eventId) => typeof eventId === 'string')] };
    },
    recommend: async (request) => engine.recommend(parseRequest(request)),
    resolve: async (groups) => engine.resolve(parseIdGroups(groups)),
    forget: () => engine.forget(),
    exportData: () => engine.exportData(),
    status: async () => withDropped(await engine.status()),
    stop: () => engine.stop(),
  };
}
