import type { Arm } from '../../core/domain/slate.js';

/** One order, as far as the test is concerned: nothing of the shopper is read. */
export interface Order {
  readonly orderId: string;
  /** epoch ms; absent where the export has no date */
  readonly orderedAt?: number;
  /** major units */
  readonly total: number;
  readonly currency: string;
  /** absent where the order carries none */
  readonly arm?: Arm;
  /** different items; absent where the export does not tell */
  readonly lines?: number;
  /** absent where the export does not tell */
  readonly units?: number;
}

/** What an export held, and what of it counts. */
export interface OrderExport {
  readonly orders: readonly Order[];
  /** cancelled, failed or refunded, and left out */
  readonly cancelled: number;
  /** in more than one file, and counted once */
  readonly repeated: number;
}
