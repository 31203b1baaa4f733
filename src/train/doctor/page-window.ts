// The little of a browser's window that the check looks at. Node's types have no DOM, and the command line shall not get one.
import type { EngineStatus } from '../../core/engine/contract.js';

/** The part of a slate that is looked at. */
interface ShownSlate {
  readonly items: readonly { readonly item: { readonly itemId: string; readonly imageUrl?: string } }[];
}

export interface PageElement {
  readonly dataset: Record<string, string | undefined>;
  readonly shadowRoot: PageRoot | null;
  readonly hidden: boolean;
  readonly isConnected: boolean;
  readonly clientHeight: number;
  readonly textContent: string | null;
  /** of a widget: what it shows */
  readonly slate?: ShownSlate | undefined;
  getAttribute(name: string): string | null;
  scrollIntoView(options: { block: 'center' }): void;
  matches(selector: string): boolean;
}

export interface PageScript extends PageElement {
  readonly src: string;
  readonly type: string;
}

export interface PageImage extends PageElement {
  readonly src: string;
  readonly complete: boolean;
  readonly naturalWidth: number;
}

export interface PageRoot {
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** An entry of a layout shift. */
export interface ShiftEntry {
  readonly value: number;
  readonly startTime: number;
}

interface Listening {
  addEventListener(type: string, listener: (event: never) => void): void;
}

/** The page's tillside, by its public API. */
export interface PageTillside {
  readonly version: string;
  readonly consentState: string;
  consent(answer: string): void;
  on(type: string, listener: (value: never) => void): () => void;
  status(): Promise<{ readonly engine?: EngineStatus }>;
  receipt(): Promise<{ readonly requests: readonly { readonly url: string; readonly what: string }[] }>;
  recommend(request: object): Promise<ShownSlate & { readonly strategy: string }>;
  stop(): Promise<void>;
  init?(options: object): unknown;
}

export interface PageWindow {
  readonly top: unknown;
  readonly tillsideDoctor?: Notes;
  readonly location: { readonly href: string };
  readonly document: PageRoot & Listening & { readonly baseURI: string };
  readonly performance: { now(): number };
  setTimeout(callback: () => void, ms: number): unknown;
  readonly tillside?: unknown;
  readonly tillsideConfig?: unknown;
  readonly customElements: { get(name: string): unknown };
  readonly PerformanceObserver: new (
    callback: (list: { getEntries(): readonly ShiftEntry[] }) => void,
  ) => { observe(options: object): void };
  readonly ResizeObserver: new (callback: () => void) => { observe(element: PageElement): void };
}

/** What is noted from the page's first moment on; it lies at `window.tillsideDoctor`. */
export interface Notes {
  instance?: PageTillside;
  readonly told: { code: string; message: string }[];
  readonly violations: { directive: string; blocked: string }[];
  readonly shifts: { at: number; value: number }[];
  /** when a widget changed its height */
  readonly resizes: number[];
  /** whether the check answered consent */
  isAnswered: boolean;
  readonly widgets: Set<PageElement>;
  slate?: { strategy?: string; items: { itemId: string; imageUrl: string }[]; error?: { code: string; message: string } };
  /** finds widgets that came since */
  findWidgets(): void;
}
