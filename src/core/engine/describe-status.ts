import type { Diagnostic, ErrorCode } from '../errors.js';
import { CONTRACT_VERSION, type EngineStatus } from './contract.js';
import type { KeptSession } from './kept-session.js';
import type { SlateSource } from './slate-source.js';
import type { Store } from './store.js';
import { VERSION } from './version.js';

/** What of a running engine its status tells. */
interface Described {
  readonly store: Store;
  readonly session: KeptSession;
  readonly source?: SlateSource;
}

/** Describes an engine: the best tier that it has, what runs the model, and everything that was survived, each code once. */
export function describeStatus(
  { store, source, session }: Described,
  { known, ...told }: Pick<EngineStatus, 'where' | 'cart'> & { readonly known: ReadonlyMap<ErrorCode, Diagnostic> },
): EngineStatus {
  return {
    ...told,
    contractVersion: CONTRACT_VERSION,
    version: VERSION,
    store: store.kind,
    strategy: source?.runtime ? 'model' : source ? 'neighbours' : 'none',
    runtime: source?.runtime?.name,
    bundle: source?.bundle,
    seq: session.committed.seq,
    diagnostics: [...known.values(), ...store.diagnostics.filter(({ code }) => !known.has(code))],
  };
}
