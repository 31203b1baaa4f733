// In: a seed. Out: a log and its catalogue in which dwell and scroll have a known effect on what is added. Runs in Node.
import { EVENT_TYPES } from '../../core/domain/event.js';
import type { CatalogRow, EventLog } from '../event-log.js';
import { createRandom, type Random } from '../fit/random.js';
import { createEventLogBuilder, type EventLogBuilder } from '../input/event-log-builder.js';

/**
 * The log-odds that a shopper adds an item they viewed:
 * `intercept + perLogDwell × ln(dwell / medianDwellMs) + perScroll × (scroll − ½)`.
 */
const SIMULATED_EFFECT = { intercept: -1.6, perLogDwell: 1.4, perScroll: 2, medianDwellMs: 12_000 } as const;

/** Share of views, and of add-ons, that stay in the session's category. */
const CATEGORY_AFFINITY = 0.75;
/** Share of adds followed by an item that was never viewed, of the same category as often as views are. */
const ADD_ON_SHARE = 0.3;

const CATEGORIES = ['Kitchen', 'Garden', 'Lighting', 'Stationery', 'Textiles'] as const;
const ITEMS_PER_CATEGORY = 40;
/** 2026-01-01T00:00:00Z, and a session about every five minutes. */
const START_AT = 1_767_225_600_000;
const BETWEEN_SESSIONS_MS = 300_000;
const DWELL_SPREAD = 1;

const VIEW = EVENT_TYPES.indexOf('view_item');
const ADD = EVENT_TYPES.indexOf('add_to_cart');

export interface SimulateOptions {
  readonly seed: number;
  /** default 8,000 */
  readonly sessions?: number;
}

export interface Simulation {
  readonly log: EventLog;
  readonly catalog: readonly CatalogRow[];
}

/** Draws a shop's log: each shopper views 3–8 items of mostly one category, then adds those they dwelt on. */
export function simulate({ seed, sessions = 8000 }: SimulateOptions): Simulation {
  const random = createRandom(seed, 'simulate');
  const catalog = drawCatalog(random);
  const builder = createEventLogBuilder();
  for (let s = 0; s < sessions; s++) drawSession(random, { builder, catalog, session: s });
  return { log: builder.finish(), catalog };
}

/** The chance that a viewed item is added. */
export function addChance(dwellMs: number, scrollDepthRatio: number): number {
  const { intercept, perLogDwell, perScroll, medianDwellMs } = SIMULATED_EFFECT;
  return (
    1 / (1 + Math.exp(-(intercept + perLogDwell * Math.log(dwellMs / medianDwellMs) + perScroll * (scrollDepthRatio - 0.5))))
  );
}

function drawCatalog(random: Random): CatalogRow[] {
  return CATEGORIES.flatMap((category) =>
    Array.from({ length: ITEMS_PER_CATEGORY }, (_, i) => ({
      itemId: `${category.toLowerCase()}-${i + 1}`,
      title: `${category} item ${i + 1}`,
      price: Math.round(Math.exp(2.5 + 0.8 * random.normal()) * 100) / 100 + 0.5,
      currency: 'EUR',
      category,
    })),
  );
}

interface SessionDraw {
  readonly builder: EventLogBuilder;
  readonly catalog: readonly CatalogRow[];
  readonly session: number;
}

function drawSession(random: Random, { builder, catalog, session }: SessionDraw): void {
  let now = START_AT + session * BETWEEN_SESSIONS_MS + random.below(BETWEEN_SESSIONS_MS);
  const home = random.below(CATEGORIES.length);
  const append = (type: number, { itemId, price }: CatalogRow, more: { dwellMs?: number; scrollDepthRatio?: number } = {}) => {
    const base = { sessionId: `s${session + 1}`, visitorId: `v${session + 1}`, itemId, type, occurredAt: now };
    builder.add({ ...base, ...(price !== undefined && { price }), ...(type === ADD && { quantity: 1 }), ...more });
  };
  const wanted: CatalogRow[] = [];
  const viewed = new Set<CatalogRow>();
  for (let views = 3 + random.below(6); views > 0; views--) {
    const item = drawItem(random, { catalog, home });
    if (viewed.has(item)) continue;
    viewed.add(item);
    const dwellMs = Math.round(SIMULATED_EFFECT.medianDwellMs * Math.exp(DWELL_SPREAD * random.normal()));
    const scrollDepthRatio = 0.1 + 0.9 * random.next();
    append(VIEW, item, { dwellMs, scrollDepthRatio });
    now += dwellMs + 1000;
    if (random.next() < addChance(dwellMs, scrollDepthRatio)) wanted.push(item);
  }
  // Adds come after all the views and in any order: being seen last says nothing, dwell does.
  for (const i of random.shuffle(Uint32Array.from(wanted.keys()))) {
    const item = wanted[i] as CatalogRow;
    append(ADD, item);
    now += 2000;
    const addOn = random.next() < ADD_ON_SHARE ? drawItem(random, { catalog, home: categoryOf(item) }) : undefined;
    if (addOn !== undefined && !viewed.has(addOn)) append(ADD, addOn);
    now += 2000;
  }
}

/** An item of the home category with the affinity's chance; the first of a category are the most popular. */
function drawItem(random: Random, { catalog, home }: { catalog: readonly CatalogRow[]; home: number }): CatalogRow {
  const category = random.next() < CATEGORY_AFFINITY ? home : random.below(CATEGORIES.length);
  const place = Math.floor(random.next() ** 2 * ITEMS_PER_CATEGORY);
  return catalog[category * ITEMS_PER_CATEGORY + place] as CatalogRow;
}

function categoryOf({ category }: CatalogRow): number {
  return CATEGORIES.indexOf(category as (typeof CATEGORIES)[number]);
}
