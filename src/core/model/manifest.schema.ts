// The manifest's types, and the check of what training writes. The browser checks by `manifest-shape.ts` and imports types only from here.
import * as z from 'zod/mini';
import {
  BUNDLE_ID,
  FILE_NAME,
  FILE_ROLES,
  FORMAT_VERSION,
  MAX_DIM,
  MAX_FILES,
  MAX_ITEMS,
  MIN_FILES,
  SHA256_HEX,
} from './bundle-format.js';

const count = z.number().check(z.int(), z.minimum(0), z.maximum(MAX_ITEMS));

const normalisation = z.object({
  names: z.array(z.string()),
  mean: z.array(z.number()),
  deviation: z.array(z.number().check(z.minimum(0))),
});

const file = z.object({
  role: z.enum(FILE_ROLES),
  path: z.string().check(z.regex(FILE_NAME)),
  bytes: z.number().check(z.int(), z.minimum(1)),
  sha256: z.string().check(z.regex(SHA256_HEX)),
});
export type BundleFile = z.infer<typeof file>;

/** A recorded input and what the models must answer to it, |score − expected| ≤ 1e-2. Without a session model `rows`, `behaviour`, `top` and `scores` are empty. */
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
  id: z.string().check(z.regex(BUNDLE_ID)),
  /** monotonic: a lower one than the cached is refused */
  version: z.number().check(z.int(), z.minimum(1)),
  createdAt: z.string(),
  notAfter: z.optional(z.string()),
  files: z.array(file).check(z.minLength(MIN_FILES), z.maxLength(MAX_FILES)),
  /** `dim`: width of the item vectors, 0 where there is no session model to read them */
  items: z.object({ count, dim: z.number().check(z.int(), z.minimum(0), z.maximum(MAX_DIM)) }),
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
  /** weight of each part of the tables' own score, where no model ranks */
  tableBlend: z.optional(z.array(z.number())),
  goldens: z.array(golden),
  /** free-form: figures of `evaluate`, baselines beside, and the split they were measured on */
  metrics: z.record(z.string(), z.unknown()),
  /** settings of the fit, for `inspect` */
  training: z.record(z.string(), z.unknown()),
  /** Ed25519 over the canonical manifest without this member, base64 */
  signature: z.optional(z.object({ key: z.string(), value: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;
