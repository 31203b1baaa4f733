import { checkBundle, checkIds } from './checks/bundle.js';
import { checkConsent } from './checks/consent.js';
import { checkCsp } from './checks/csp.js';
import { checkCaching, checkCompression } from './checks/delivery.js';
import { checkCors, checkFiles } from './checks/files.js';
import { checkOffers } from './checks/offers.js';
import { checkPage } from './checks/page.js';
import { checkScript } from './checks/script.js';
import { checkCart, checkImages, checkReports, checkWidget } from './checks/shop.js';
import { checkTier, checkWorker } from './checks/worker.js';
import { type Check, examine } from './examination.js';
import { CHECK_NAMES, type CheckName, type NamedFinding, skipped } from './finding.js';
import type { Visit } from './visit.js';

const CHECKS: Readonly<Record<CheckName, Check>> = {
  page: checkPage,
  csp: checkCsp,
  cors: checkCors,
  script: checkScript,
  files: checkFiles,
  consent: checkConsent,
  worker: checkWorker,
  bundle: checkBundle,
  tier: checkTier,
  ids: checkIds,
  offers: checkOffers,
  cart: checkCart,
  widget: checkWidget,
  images: checkImages,
  caching: checkCaching,
  compression: checkCompression,
  reports: checkReports,
};

/** Judges a visit, in the order of the table. What an earlier finding explains is not told a second time. */
export function diagnose(visit: Visit): NamedFinding[] {
  const examination = examine(visit);
  const explained = new Map<CheckName, CheckName>();
  return CHECK_NAMES.map((check) => {
    const by = explained.get(check);
    if (by !== undefined) return { check, ...skipped(`see ${by}`), because: by };
    const finding = CHECKS[check](examination);
    for (const name of finding.explains ?? []) if (!explained.has(name)) explained.set(name, check);
    return { check, ...finding };
  });
}
