// What may be asked of `tillside train`, by an option or in a file, under one name and within one set of bounds.
import * as z from 'zod/mini';
import { CURRENCY } from '../../core/offers/offers-file.js';
import { PLATFORMS } from '../input/platforms/export-formats.js';
import { RECIPE_CHOICES } from '../recipe/choose-recipe.js';

/** Least and most of each whole number that may be asked for. */
export const NUMBERS = {
  seed: { least: 0 },
  epochs: { least: 0, most: 1000 },
  dim: { least: 4, most: 512 },
  units: { least: 4, most: 512 },
  neighbours: { least: 1, most: 255 },
  minSupport: { least: 1 },
  maxMinutes: { least: 1 },
  version: { least: 1 },
  trials: { least: 1, most: 1000 },
} as const satisfies Record<string, { least: number; most?: number }>;
export type NumberName = keyof typeof NUMBERS;

/** Units of a hidden layer of the ranker. */
export const HIDDEN = { least: 1, most: 1024 } as const;

const whole = ({ least, most = 2 ** 31 - 1 }: { least: number; most?: number }) =>
  z.optional(z.number().check(z.int(), z.minimum(least), z.maximum(most)));
const numbers = Object.fromEntries(Object.entries(NUMBERS).map(([name, bounds]) => [name, whole(bounds)])) as {
  [K in NumberName]: ReturnType<typeof whole>;
};
const choices = z.strictObject({
  models: z.optional(z.enum(RECIPE_CHOICES.models)),
  session: z.optional(z.enum(RECIPE_CHOICES.session)),
  features: z.optional(z.enum(RECIPE_CHOICES.features)),
  table: z.optional(z.enum(RECIPE_CHOICES.table)),
  gaps: z.optional(z.enum(RECIPE_CHOICES.gaps)),
  hour: z.optional(z.enum(RECIPE_CHOICES.hour)),
  weekday: z.optional(z.enum(RECIPE_CHOICES.weekday)),
  dwell: z.optional(z.enum(RECIPE_CHOICES.dwell)),
  history: z.optional(z.enum(RECIPE_CHOICES.history)),
});
const text = z.optional(z.string());
const isOn = z.optional(z.boolean());

/** The file of `--config`: every option by its name in camel case, and what has no option. Unknown names are errors. */
export const wishesSchema = z.strictObject({
  $schema: text,
  events: text,
  catalog: text,
  currency: z.optional(z.string().check(z.regex(CURRENCY))),
  contentVectors: text,
  out: text,
  from: text,
  format: z.optional(z.array(z.enum(PLATFORMS))),
  ...numbers,
  hidden: z.optional(z.array(z.number().check(z.int(), z.minimum(HIDDEN.least), z.maximum(HIDDEN.most)))),
  refit: isOn,
  quick: isOn,
  keepSuspects: isOn,
  notAfter: z.optional(z.string().check(z.refine((time) => Number.isFinite(Date.parse(time)), { error: 'ISO 8601' }))),
  trialsLog: text,
  recipe: z.optional(choices),
  filters: z.optional(
    z.strictObject({
      eventsPerMinute: whole({ least: 1 }),
      leastEvents: whole({ least: 1 }),
      eventsOnTwoItems: whole({ least: 3 }),
      sessionsPerVisitor: whole({ least: 1 }),
      sessionsPerVisitorDay: whole({ least: 1 }),
      sameOrdersPerDay: whole({ least: 1 }),
    }),
  ),
});

/** What somebody asked for; what is absent is left to the recipe and the defaults. */
export type TrainWishes = z.infer<typeof wishesSchema>;
