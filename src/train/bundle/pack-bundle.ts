// In: a fitted bundle. Out: its manifest and the content of its files, as `write-bundle` puts them into a folder.
import { FEATURES_VERSION } from '../../core/features/feature-names.js';
import type { ItemFacts } from '../../core/domain/item.js';
import { liveFeatures } from '../../core/features/normalisation.js';
import type { Bundle } from '../../core/model/bundle.js';
import { filesIn } from '../../core/model/bundle-bytes.js';
import { readFirstStage, readTables } from '../../core/model/bundle-parts.js';
import { readModels } from '../../core/model/read-models.js';
import { encodeCatalog } from '../../core/model/catalog.js';
import { encodeFirstCatalog } from '../../core/model/first-catalog.js';
import { encodeItemFacts } from '../../core/model/item-facts.js';
import { FORMAT_VERSION } from '../../core/model/bundle-format.js';
import { hasFirstStage, hasModels } from '../../core/model/manifest.js';
import type { Manifest } from '../../core/model/manifest.schema.js';
import { encodeNeighbours } from '../../core/model/neighbour-encoder.js';
import { decodeNeighbours } from '../../core/model/neighbour-table.js';
import { encodeVocabulary } from '../../core/model/vocabulary.js';
import { type FittedBundle, normalisationsOf } from '../fit/fitted-bundle.js';
import type { TrainSettings } from '../settings.js';
import { pickFirstStage } from './first-stage.js';
import { makeGoldens } from './make-goldens.js';
import { modelFiles } from './model-files.js';
import { namedByContent, type NamedFile } from './named-file.js';

/** The first stage's tables may be this large beside the whole ones: it is downloaded on top of them. */
const WORTHWHILE_SHARE = 0.5;

/** A bundle that is ready to be written. */
export interface PackedBundle {
  readonly manifest: Manifest;
  readonly files: readonly NamedFile[];
}

/** What a manifest says besides what was fitted. */
export interface BundleAbout {
  readonly settings: TrainSettings;
  readonly metrics: Manifest['metrics'];
  readonly training: Manifest['training'];
  /** epoch ms */
  readonly now: number;
}

/** Packs a fitted bundle. The same fit gives the same files; only `createdAt` tells two runs apart. */
export function packBundle(fitted: FittedBundle, { settings, metrics, training, now }: BundleAbout): PackedBundle {
  const files = [...tableFiles(fitted), ...(fitted.models ? modelFiles(fitted.models) : [])];
  const { behaviour, candidate } = normalisationsOf(fitted);
  const manifest: Manifest = {
    formatVersion: FORMAT_VERSION,
    id: namedByContent('catalog', 'bundle', { bytes: digestsOf(files), extension: '' }).sha256.slice(0, 16),
    version: settings.version,
    createdAt: new Date(now).toISOString(),
    ...(settings.notAfter !== undefined && { notAfter: settings.notAfter }),
    files: files.map(({ content: _content, ...file }) => file),
    items: { count: fitted.tables.index.count, dim: fitted.models?.session?.shape.dim ?? 0 },
    features: {
      name: 'tillside-features',
      version: FEATURES_VERSION,
      behaviour: { names: [...behaviour.names], mean: [...behaviour.mean], deviation: [...behaviour.deviation] },
      candidate: { names: [...candidate.names], mean: [...candidate.mean], deviation: [...candidate.deviation] },
      live: [...liveFeatures(behaviour), ...liveFeatures(candidate)],
    },
    output: 'affinity',
    log: fitted.log,
    ...(fitted.blend && { tableBlend: [...fitted.blend] }),
    goldens: makeGoldens(fitted, settings.seed),
    metrics,
    training,
  };
  return { manifest, files };
}

/** Reads a packed bundle with the code that a browser reads it with: what cannot be read is not published. */
export function readPacked({ manifest, files }: PackedBundle): Bundle {
  const bytes = new Map(files.map(({ role, content }) => [role, content]));
  const tables = readTables(manifest, bytes, decodeNeighbours);
  if (hasFirstStage(manifest)) readFirstStage(manifest, bytes, decodeNeighbours);
  return hasModels(manifest) ? { ...tables, models: readModels(manifest, filesIn(bytes)) } : tables;
}

function tableFiles({ tables }: FittedBundle): NamedFile[] {
  const { vocabulary, items, neighbours } = tables;
  const names = encodeVocabulary({ itemIds: vocabulary.itemIds, aliases: items.aliases });
  const whole = [
    namedByContent('vocabulary', 'vocabulary', { bytes: text(names), extension: 'json' }),
    namedByContent('catalog', 'catalog', { bytes: text(encodeCatalog(items.cards)), extension: 'json' }),
    namedByContent('item-facts', 'items', { bytes: encodeItemFacts(items.columns), extension: 'bin' }),
    namedByContent('neighbours', 'neighbours', { bytes: encodeNeighbours(neighbours), extension: 'bin' }),
  ];
  return [...whole, ...firstStageFiles(tables, whole)];
}

/** The smaller tables of the first stage; none where the whole is hardly larger. */
function firstStageFiles({ items, neighbours }: FittedBundle['tables'], whole: readonly NamedFile[]): NamedFile[] {
  const first = pickFirstStage(neighbours, items.columns);
  const cards = first.rows.map((row) => items.cards[row - 1] as ItemFacts);
  const smaller = [
    namedByContent('first-neighbours', 'first', {
      bytes: encodeNeighbours(first.neighbours, { isCoarse: true }),
      extension: 'bin',
    }),
    namedByContent('first-catalog', 'first', {
      bytes: text(encodeFirstCatalog(cards, first.rows, items.columns)),
      extension: 'json',
    }),
  ];
  const larger = whole.filter(({ role }) => role === 'neighbours' || role === 'catalog');
  return sizeOf(smaller) <= WORTHWHILE_SHARE * sizeOf(larger) ? smaller : [];
}

function sizeOf(files: readonly NamedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

function digestsOf(files: readonly NamedFile[]): Uint8Array {
  return new TextEncoder().encode(files.map(({ sha256 }) => sha256).join(' '));
}
