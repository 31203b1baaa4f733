// In: what several sources tell of one shop, each in its own ids. Out: each thing once, in the bundle's ids, and a word about conflicts.
import type { CartLine } from '../../core/domain/cart.js';
import type { ItemFacts } from '../../core/domain/item.js';
import type { CaptureContext } from '../capture/capture-context.js';
import type { Aliased, CartMutation, PlatformSink } from './platform-source.js';

/** Two sources that tell of the same thing do so within it: a data layer at the click, a cart API when it has answered. */
const SAME_MS = 5_000;
/** The engine knows its ids within it, or they stay the platform's. */
const RESOLVE_MS = 3_000;

/** Names items as the bundle does: `Engine.resolve`. */
export type ResolveIds = (groups: readonly (readonly string[])[]) => Promise<readonly (string | null)[]>;

export interface MergeOptions {
  /** in order of trust: of those that tell the whole cart, the first has the last word */
  readonly order: readonly string[];
  /** the page's, which takes things as they are */
  readonly sink: PlatformSink;
  readonly resolve: ResolveIds;
}

type Named = { readonly itemId: string } & Aliased;

interface Told {
  readonly by: string;
  readonly key: string;
  readonly at: number;
  readonly matchedBy: Set<string>;
}

/** Makes one cart and one stream of events of what several sources tell. */
export class SourceMerger {
  readonly #context: CaptureContext;
  readonly #options: MergeOptions;
  /** what was passed on lately, to know it again when another source tells it */
  #told: Told[] = [];
  /** the sources that have told a whole cart */
  readonly #hasCart = new Set<string>();
  readonly #names = new Map<string, string>();
  readonly #prices = new Map<string, { readonly by: string; readonly price: number }>();
  readonly #held = new Map<ReturnType<typeof setTimeout>, () => void>();
  /** one after the other, as the ids of each may have to be asked for */
  #turn: Promise<void> = Promise.resolve();
  /** the cart of the authority, and when it last changed */
  #shown: string | undefined;
  #latest: readonly [by: string, lines: readonly CartLine[]] | undefined;
  #changedAt = Number.NEGATIVE_INFINITY;

  constructor(context: CaptureContext, options: MergeOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** The sink for the source of this name. */
  sinkOf(name: string): PlatformSink {
    const { sink } = this.#options;
    return {
      mutation: (mutation) => this.#named([mutation], ([named]) => named && this.#mutate(name, named)),
      snapshot: (lines) => this.#named(lines, (named) => this.#show(name, named)),
      products: (facts, itemIds) => this.#describe(name, facts, itemIds),
      page: (item) => this.#named([item], ([named]) => named && sink.page(named)),
      event: (event) =>
        this.#named([{ itemId: '', ...event }, ...(event.items ?? [])], ([{ itemId, ...rest } = event, ...items]) => {
          const named = { ...rest, ...(itemId && { itemId }), ...(event.items && { items: items as readonly CartLine[] }) };
          if (this.#isNews(name, JSON.stringify([event.type, itemId, items.map((line) => line.itemId)])))
            sink.event(named as never);
        }),
    };
  }

  /** Passes on what was held, and forgets. */
  stop(): void {
    for (const [timer, release] of this.#held) {
      clearTimeout(timer);
      release();
    }
    this.#held.clear();
  }

  /** Whose cart is the shop's. */
  get #authority(): string | undefined {
    return this.#options.order.find((name) => this.#hasCart.has(name));
  }

  #mutate(by: string, mutation: CartMutation): void {
    const authority = this.#authority;
    if (!authority || authority === by) {
      if (authority) this.#changedAt = this.#context.now();
      if (this.#isNews(by, `${mutation.type} ${mutation.itemId}`)) this.#options.sink.mutation(mutation);
      return;
    }
    // The cart itself will tell. Where it does not, what happened is better than nothing.
    const heldAt = this.#context.now();
    const release = (): void => {
      if (Math.abs(this.#changedAt - heldAt) <= SAME_MS) return;
      this.#conflict(`${by} told of ${mutation.type} of "${mutation.itemId}", of which the cart of ${authority} shows nothing`);
      this.#options.sink.mutation(mutation);
    };
    const timer = setTimeout(() => {
      this.#held.delete(timer);
      release();
    }, SAME_MS);
    this.#held.set(timer, release);
  }

  #show(by: string, lines: readonly CartLine[]): void {
    this.#hasCart.add(by);
    if (this.#authority !== by) return;
    this.#latest = [by, lines];
    const shown = JSON.stringify(lines);
    if (shown !== this.#shown) this.#changedAt = this.#context.now();
    this.#shown = shown;
    this.#options.sink.snapshot(lines.map((line) => ({ ...line, itemId: this.#nameOf(line.itemId) })));
  }

  #describe(by: string, facts: readonly ItemFacts[], itemIds: readonly string[]): void {
    const { order, sink } = this.#options;
    const trusted = facts.filter(({ itemId, price }) => {
      const known = this.#prices.get(itemId);
      if (known && price !== undefined && known.by !== by && known.price !== price)
        this.#conflict(`"${itemId}" costs ${known.price} by ${known.by} and ${price} by ${by}`);
      const isBest = !known || order.indexOf(by) <= order.indexOf(known.by);
      if (isBest && price !== undefined) this.#prices.set(itemId, { by, price });
      return isBest;
    });
    sink.products(trusted, itemIds);
  }

  /** Whether nobody else has told this lately; a source that tells it twice means it twice. */
  #isNews(by: string, key: string): boolean {
    const at = this.#context.now();
    this.#told = this.#told.filter((told) => at - told.at < SAME_MS);
    const same = this.#told.find((told) => told.key === key && told.by !== by && !told.matchedBy.has(by));
    if (same) same.matchedBy.add(by);
    else this.#told.push({ by, key, at, matchedBy: new Set() });
    return !same;
  }

  /** Calls back with the items in the bundle's ids, in turn. */
  #named<T extends Named>(items: readonly T[], then: (named: T[]) => void): void {
    this.#turn = this.#turn.then(async () => {
      try {
        await this.#learn(items);
        then(items.map(({ aliases, ...item }) => ({ ...item, itemId: this.#nameOf(item.itemId) }) as never));
      } catch (error) {
        this.#context.onError('page-failed', `What a source told could not be read: ${error}.`);
      }
    });
  }

  /** Asks for the names that are not known yet. An answer that comes too late is used for the cart as it then is. */
  async #learn(items: readonly Named[]): Promise<void> {
    const unknown = items.filter(({ itemId }) => itemId && !this.#names.has(itemId));
    if (!unknown.length) return;
    const late = new Promise<true>((resolve) => setTimeout(resolve, RESOLVE_MS, true));
    const learnt = this.#options.resolve(unknown.map(({ itemId, aliases = [] }) => [itemId, ...aliases])).then(
      (names) => {
        unknown.forEach(({ itemId }, i) => {
          const name = names[i];
          if (name) this.#names.set(itemId, name);
        });
        // For the check that page and bundle speak of the same items.
        this.#options.sink.products(
          [],
          unknown.map(({ itemId }) => this.#nameOf(itemId)),
        );
      },
      () => {}, // without an engine they keep the platform's names
    );
    if (await Promise.race([learnt, late])) learnt.then(() => this.#latest && this.#show(...this.#latest));
  }

  #nameOf(itemId: string): string {
    return this.#names.get(itemId) ?? itemId;
  }

  #conflict(what: string): void {
    const message = `Sources differ: ${what}. ${this.#authority ?? 'The first to tell'} has the last word. Name the right one by data-cart.`;
    this.#context.onError('source-conflict', message);
  }
}
