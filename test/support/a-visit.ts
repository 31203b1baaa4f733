import type { EngineStatus } from '../../src/core/engine/contract.js';
import { CONTRACT_VERSION } from '../../src/core/engine/contract.js';
import { VERSION } from '../../src/core/engine/version.js';
import type { MarkupFacts, RunningFacts, SeenFile, Visit } from '../../src/train/doctor/visit.js';

const SHOP = 'https://shop.test';

export interface VisitParts {
  readonly markup?: Partial<MarkupFacts>;
  readonly running?: Partial<RunningFacts>;
  readonly files?: readonly SeenFile[];
}

export function aFile(path: string, headers: Readonly<Record<string, string>> = {}, parts: Partial<SeenFile> = {}): SeenFile {
  const type = path.endsWith('.js') ? 'text/javascript' : 'application/json';
  const sent = { 'content-type': type, 'cache-control': 'no-cache', 'content-encoding': 'br', ...headers };
  return { url: new URL(path, SHOP).href, status: 200, headers: sent, bytes: 20_000, ...parts };
}

/** A visit to a shop on which all is well. */
export function aVisit({
  markup,
  running,
  files = [],
  ...parts
}: VisitParts & Partial<Omit<Visit, keyof VisitParts>> = {}): Visit {
  const status: EngineStatus = {
    contractVersion: CONTRACT_VERSION,
    version: VERSION,
    where: 'worker',
    store: 'indexeddb',
    strategy: 'model',
    bundle: { id: 'tiny', version: 1, items: 30, source: 'network' },
    cart: [],
    seq: 0,
    diagnostics: [],
  };
  const data = { bundle: '/models/manifest.json', consent: 'auto' };
  const all = [aFile('/tillside/auto.js'), aFile('/tillside/worker.js'), aFile('/models/manifest.json'), ...files];
  return {
    asked: `${SHOP}/cart`,
    status: 200,
    loadMs: 300,
    timeoutMs: 30_000,
    navigations: 1,
    pageHeaders: {},
    markup: {
      url: `${SHOP}/cart`,
      tags: [{ src: `${SHOP}/tillside/auto.js`, type: '', data }],
      metaPolicies: [],
      config: {},
      consentPlatforms: ['TCF'],
      itemIds: [],
      hasCartMarkup: true,
      hasAddMarkup: false,
      ...markup,
    },
    running: {
      hasGlobal: true,
      version: VERSION,
      status,
      receipt: [],
      widgets: [{ isDefined: true, isHidden: false, cards: 4, strategy: 'model' }],
      shift: 0,
      images: [],
      told: [],
      violations: [],
      ...running,
    },
    consent: { before: 'granted', after: 'granted', isForced: false },
    slate: { strategy: 'model', items: 4 },
    files: new Map(all.map((file) => [file.url, file])),
    callers: { consent: [], cart: [] },
    failures: new Map(),
    pending: [],
    exceptions: [],
    now: Date.UTC(2026, 0, 1),
    ...parts,
  };
}
