/** What browsers' pages, workers and Node 20 share, and nothing more: `document` or `process` in core is a type error. */

interface Headers {
  get(name: string): string | null;
}
interface ReadableStreamReadResult {
  readonly done: boolean;
  readonly value?: Uint8Array;
}
interface ReadableStreamReader {
  read(): Promise<ReadableStreamReadResult>;
  cancel(reason?: unknown): Promise<void>;
}
interface ByteStream {
  getReader(): ReadableStreamReader;
}
interface Response {
  readonly ok: boolean;
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly body: ByteStream | null;
  arrayBuffer(): Promise<ArrayBuffer>;
}
interface AbortSignal {
  readonly aborted: boolean;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
interface RequestInit {
  readonly signal?: AbortSignal;
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  readonly cache?: 'default' | 'no-cache' | 'no-store' | 'reload' | 'force-cache';
}
declare function fetch(url: string, init?: RequestInit): Promise<Response>;

interface CryptoKey {
  readonly type: string;
}
interface SubtleCrypto {
  digest(algorithm: 'SHA-256', data: Uint8Array): Promise<ArrayBuffer>;
  importKey(
    format: 'raw',
    key: Uint8Array,
    algorithm: string,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<CryptoKey>;
  verify(algorithm: string, key: CryptoKey, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
}
declare const crypto: {
  readonly subtle?: SubtleCrypto;
  randomUUID?(): string;
  getRandomValues<T extends Uint8Array>(array: T): T;
};
interface ResourceTiming {
  readonly name: string;
  readonly startTime: number;
  readonly responseStart: number;
  readonly transferSize: number;
}
declare const performance: { readonly timeOrigin: number; now(): number; getEntriesByType(type: 'resource'): ResourceTiming[] };

declare class URL {
  constructor(url: string, base?: string);
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly pathname: string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}
declare function setTimeout(callback: () => void, delayMs: number): unknown;
declare function clearTimeout(handle: unknown): void;
declare function structuredClone<T>(value: T): T;
declare function queueMicrotask(callback: () => void): void;
declare function atob(base64: string): string;

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule) => { readonly exports: object };
};
