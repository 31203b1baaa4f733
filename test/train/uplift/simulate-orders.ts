import type { Arm } from '../../../src/core/domain/slate.js';
import { createRandom, type Random } from '../../../src/train/fit/random.js';
import type { UpliftOptions } from '../../../src/train/uplift/compare-arms.js';
import type { Order } from '../../../src/train/uplift/order.js';

/** What suggestions do to a simulated shopper who sees them. */
export interface PlantedEffect {
  /** how likely an order gets one more item */
  readonly addOn: number;
  /** conversion, as a factor */
  readonly conversion: number;
}

/** A shop whose orders lean far to the right: as many lines as a geometric law gives, each of a log-normal price. */
const SHOP = { visitors: 30_000, share: 0.1, conversion: 0.08, moreLines: 0.4, medianPrice: 9, spread: 0.7 };
/** Of a log-normal law. */
const MEAN_PRICE = SHOP.medianPrice * Math.exp(SHOP.spread ** 2 / 2);
const MEAN_LINES = 1 / (1 - SHOP.moreLines);

/** Draws the orders of one test, and the visitors of its arms. */
export function simulateOrders(seed: number, { addOn, conversion }: PlantedEffect) {
  const random = createRandom(seed, 'uplift');
  const visitors: Record<Arm, number> = { treatment: 0, holdout: 0 };
  const orders: Order[] = [];
  for (let i = 0; i < SHOP.visitors; i++) {
    const arm: Arm = random.next() < SHOP.share ? 'holdout' : 'treatment';
    visitors[arm]++;
    if (random.next() >= SHOP.conversion * (arm === 'treatment' ? conversion : 1)) continue;
    let lines = 1;
    while (random.next() < SHOP.moreLines) lines++;
    if (arm === 'treatment' && random.next() < addOn) lines++;
    const total = Array.from({ length: lines }, () => priceFrom(random)).reduce((sum, price) => sum + price, 0);
    orders.push({ orderId: String(i), orderedAt: i * 60_000, total, currency: 'GBP', arm, lines, units: lines });
  }
  const options: UpliftOptions = { holdout: SHOP.share, effect: 0.05, visitors };
  return { orderExport: { orders, cancelled: 0, repeated: 0 }, options };
}

/** The differences that the effect makes, exactly. */
export function trueDifferences({ addOn, conversion }: PlantedEffect) {
  const aov = MEAN_LINES * MEAN_PRICE;
  const [treated, held] = [SHOP.conversion * conversion, SHOP.conversion];
  return {
    aov: addOn * MEAN_PRICE,
    addOnRate: addOn * (1 - SHOP.moreLines),
    unitsPerOrder: addOn,
    conversion: treated - held,
    revenuePerVisitor: treated * (aov + addOn * MEAN_PRICE) - held * aov,
    ratios: { aov: 1 + (addOn * MEAN_PRICE) / aov, conversion },
  };
}

function priceFrom(random: Random): number {
  return SHOP.medianPrice * Math.exp(SHOP.spread * random.normal());
}
