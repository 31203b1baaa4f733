import type { Normalisation } from '../../core/features/normalisation.js';
import { liveFeatures } from '../../core/features/normalisation.js';
import type { FileRole } from '../../core/model/bundle-format.js';
import { hasModels } from '../../core/model/manifest.js';
import type { Manifest } from '../../core/model/manifest.schema.js';
import { printReport } from '../evaluate/print-report.js';
import type { ReportSheet } from '../evaluate/report-sheet.js';

/** What is as large as the shop's own words. */
const TEXT_ROLES: readonly FileRole[] = ['vocabulary', 'catalog', 'first-catalog'];

/** A manifest in words, for a terminal. */
export function manifestSummary(manifest: Manifest): string {
  const { files, items } = manifest;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const models = files.filter(({ role }) => !TEXT_ROLES.includes(role)).reduce((sum, { bytes }) => sum + bytes, 0);
  const perItem = (models / Math.max(1, items.count)).toFixed(1);
  return [
    `bundle ${manifest.id}, version ${manifest.version}, format ${manifest.formatVersion}, made ${manifest.createdAt}`,
    `valid ${manifest.notAfter === undefined ? 'without end' : `until ${manifest.notAfter}`}, ${manifest.signature === undefined ? 'unsigned' : `signed by ${manifest.signature.key}`}`,
    `${items.count} items, ${items.dim > 0 ? `embeddings of ${items.dim}` : 'no embeddings'}, fitted on ${manifest.log}; the ranker's output is ${manifest.output === 'probability' ? 'a probability' : 'an affinity, not a probability'}`,
    '',
    ...files.map(({ role, path, bytes }) => `${String(bytes).padStart(10)}  ${role.padEnd(16)} ${path}`),
    `${String(total).padStart(10)}  bytes in ${files.length} files; ${perItem} an item without vocabulary and card text`,
    '',
    ...(hasModels(manifest) ? describeModels(manifest) : ['no features: the tables rank, without session model and ranker']),
    '',
    ...Object.entries(manifest.training).map(([name, value]) => `training.${name}: ${JSON.stringify(value)}`),
    '',
    describeMetrics(manifest.metrics),
  ].join('\n');
}

function describeModels({ features, items }: Manifest): string[] {
  return [
    ...(items.dim > 0
      ? describeFeatures('behaviour', features.behaviour)
      : ['no behaviour features: the ranker works without a session model']),
    ...describeFeatures('candidate', features.candidate),
  ];
}

function describeFeatures(kind: string, normalisation: Normalisation): string[] {
  const live = liveFeatures(normalisation);
  const constant = normalisation.names.filter((name) => !live.includes(name));
  return [
    `${kind} features that vary (${live.length}): ${live.join(', ') || 'none'}`,
    `${kind} features that were constant in training, fed as 0 (${constant.length}): ${constant.join(', ') || 'none'}`,
  ];
}

/** A bundle that "tillside train" did not write may carry any figures. */
function describeMetrics(metrics: Manifest['metrics']): string {
  const isSheet = Array.isArray(metrics.tables) && Array.isArray(metrics.columns);
  return isSheet ? printReport(metrics as unknown as ReportSheet) : `metrics: ${JSON.stringify(metrics, null, 2)}`;
}
