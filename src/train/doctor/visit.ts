import type { EngineStatus } from '../../core/engine/contract.js';
import type { Strategy } from '../../core/domain/slate.js';

/** A problem in the words of tillside on the page. */
export interface Told {
  readonly code: string;
  readonly message: string;
}

/** What the browser refused by a policy of the page. */
export interface Violation {
  readonly directive: string;
  /** a URL, or a word such as `blob` or `trusted-types-policy` */
  readonly blocked: string;
}

/** One `<script src>` that may be tillside's. */
export interface ScriptTag {
  readonly src: string;
  readonly type: string;
  readonly data: Readonly<Record<string, string | undefined>>;
}

/** One `<tillside-suggestions>`. */
export interface Widget {
  readonly isDefined: boolean;
  readonly isHidden: boolean;
  readonly cards: number;
  readonly strategy: string | null;
}

/** A card's picture as the catalogue names it. */
export interface CardImage {
  readonly url: string;
  readonly isShown: boolean;
}

/** What the shop wrote into its page. */
export interface MarkupFacts {
  readonly url: string;
  readonly tags: readonly ScriptTag[];
  /** texts of `<meta http-equiv="Content-Security-Policy">` */
  readonly metaPolicies: readonly string[];
  /** `tillsideConfig`, as far as it is plain data */
  readonly config: Readonly<Record<string, unknown>>;
  /** consent platforms on the page */
  readonly consentPlatforms: readonly string[];
  readonly itemIds: readonly string[];
  readonly hasCartMarkup: boolean;
  readonly hasAddMarkup: boolean;
}

/** What tillside says of itself, by its public API, and what the browser told of it. */
export interface RunningFacts {
  /** whether `window.tillside` is the script's */
  readonly hasGlobal: boolean;
  /** of the instance; absent: there is none */
  readonly version?: string;
  readonly status?: EngineStatus;
  /** URL → what it is for, as the page's own receipt has it */
  readonly receipt: readonly { readonly url: string; readonly what: string }[];
  readonly widgets: readonly Widget[];
  /** layout shift while a widget changed its height */
  readonly shift: number;
  readonly images: readonly CardImage[];
  readonly told: readonly Told[];
  readonly violations: readonly Violation[];
}

/** How consent stood before the check answered, and after. */
export interface ConsentFacts {
  readonly before: string;
  readonly after: string;
  /** the platforms on the page did not let the check's answer count, so tillside was started again with it */
  readonly isForced: boolean;
}

export interface SlateFacts {
  readonly strategy?: Strategy;
  readonly items: number;
  readonly error?: Told;
}

/** What a host answered when one of tillside's files was asked for. */
export interface SeenFile {
  readonly url: string;
  readonly status: number;
  /** names in lower case */
  readonly headers: Readonly<Record<string, string>>;
  /** why the browser did not take it, in its own words */
  readonly failure?: string;
  readonly text?: string;
  readonly bytes?: number;
  /** of `first-stage.txt`: whether it holds what the manifest names; absent where that is not known */
  readonly fitsManifest?: boolean;
}

/** Everything that was seen of a shop's page. */
export interface Visit {
  readonly asked: string;
  readonly status: number;
  /** absent: it never finished */
  readonly loadMs?: number;
  readonly timeoutMs: number;
  /** navigations of the page itself, 1 for the first */
  readonly navigations: number;
  /** why the page could not be read */
  readonly trouble?: string;
  readonly pageHeaders: Readonly<Record<string, string>>;
  readonly markup: MarkupFacts;
  readonly running: RunningFacts;
  readonly consent?: ConsentFacts;
  readonly slate?: SlateFacts;
  readonly files: ReadonlyMap<string, SeenFile>;
  /** names of the page's own scripts that call `tillside.consent`, and `tillside.cart` */
  readonly callers: { readonly consent: readonly string[]; readonly cart: readonly string[] };
  /** URL → the browser's words, of pictures and the like */
  readonly failures: ReadonlyMap<string, string>;
  /** URLs that had not been answered to the end */
  readonly pending: readonly string[];
  /** exceptions whose stack is in tillside's files */
  readonly exceptions: readonly string[];
  /** epoch ms */
  readonly now: number;
}
