import * as z from 'zod/mini';

/** The bundle format this SDK reads and writes. */
export const FORMAT_VERSION = 1;

/** A flat file name: no folders, no `..`, no scheme. */
const fileName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/));
const count = z.number().check(z.int(), z.minimum(0), z.maximum(2_000_000));

const normalisation = z.object({
  names: z.array(z.string()),
  mean: z.array(z.number()),
  deviation: z.array(z.number().check(z.minimum(0))),
});

/** What a file is for. `vocabulary`, `items-facts`, `neighbours` and `catalog` are required; the models are not. */
export const FILE_ROLES = [
  'vocabulary', // vocabulary-<hash>.json
  'catalog', // catalog-<hash>.json
  'item-facts', // items-<hash>.bin
  'neighbours', // neighbours-<hash>.bin
  'item-table', // items-<hash>.u8
  'session-model', // session-<hash>.json
  'session-weights', // session-<hash>.bin
  'ranker-model', // ranker-<hash>.json
  'ranker-weights', // ranker-<hash>.bin
] as const;
export type FileRole = (typeof FILE_ROLES)[number];

const file = z.object({
  role: z.enum(FILE_ROLES),
  path: fileName,
  bytes: z.number().check(z.int(), z.minimum(1)),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
export type BundleFile = z.infer<typeof file>;

/** A recorded input and what both models must answer to it, |score − expected| ≤ 1e-2. */
const golden = z.object({
  /** item rows, one a step */
  rows: z.array(count),
  /** `[steps, BEHAVIOUR_FEATURES.length]`, normalised, row-major */
  behaviour: z.array(z.number()),
  /** the best rows of the embedding product, best first */
  top: z.array(count),
  scores: z.array(z.number()),
  /** one normalised candidate vector and the ranker's answer */
  features: z.array(z.number()),
  affinity: z.number(),
});
export type Golden = z.infer<typeof golden>;

export const manifestSchema = z.object({
  formatVersion: z.literal(FORMAT_VERSION),
  id: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/)),
  /** monotonic: a lower one than the cached is refused */
  version: z.number().check(z.int(), z.minimum(1)),
  createdAt: z.string(),
  notAfter: z.optional(z.string()),
  files: z.array(file).check(z.minLength(4), z.maxLength(32)),
  items: z.object({ count, dim: z.number().check(z.int(), z.minimum(0), z.maximum(512)) }),
  features: z.object({
    name: z.literal('tillside-features'),
    version: z.number(),
    behaviour: normalisation,
    candidate: normalisation,
    /** names of the features that had variance in training */
    live: z.array(z.string()),
  }),
  /** how the ranker's output may be read */
  output: z.enum(['affinity', 'probability']),
  /** `carts`: the log held only purchases, a session is one cart; `sessions`: it held browsing */
  log: z.enum(['carts', 'sessions']),
  goldens: z.array(golden),
  /** free-form: figures of `evaluate`, baselines beside, and the split they were measured on */
  metrics: z.record(z.string(), z.unknown()),
  /** settings of the fit, for `inspect` */
  training: z.record(z.string(), z.unknown()),
  /** Ed25519 over the canonical manifest without this member, base64 */
  signature: z.optional(z.object({ key: z.string(), value: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;
