import { settleWithin } from '../../core/engine/settle-within.js';
import { codeOf, TillsideError } from '../../core/errors.js';
import { type Database, deleteDatabase, isComplete, openDatabase } from './database.js';
import type { DiagnosticList } from './diagnostic-list.js';

/** A database that cannot be kept open is left alone after this many opens within a minute. */
const MAX_OPENS = 4;
const OPENS_WINDOW_MS = 60_000;
/** Platform errors after which another connection may work. The rest is about what was asked, or about the place. */
const LOST = new Set([
  'UnknownError',
  'InvalidStateError',
  'AbortError',
  'NotFoundError',
  'NotReadableError',
  'TransactionInactiveError',
]);

/** A connection to the database that opens when needed and again when lost. */
export class Connection {
  readonly #diagnostics: DiagnosticList;
  readonly #now: () => number;
  #current: Promise<Database> | undefined;
  #opens: number[] = [];
  #hasOpened = false;

  /** @param now monotonic ms */
  constructor(diagnostics: DiagnosticList, now: () => number) {
    this.#diagnostics = diagnostics;
    this.#now = now;
  }

  /**
   * Runs work on an open database; when the connection is lost under it, runs it again on a new one. So `work` is repeatable.
   *
   * @throws {TillsideError} `store-absent`, `store-denied`, `store-timeout`, `store-newer-schema`, `store-lost`; the platform's own otherwise
   */
  async use<T>(work: (database: Database) => Promise<T>, timeoutMs: number): Promise<T> {
    for (;;) {
      const opening = this.#connect();
      const database = await opening;
      try {
        return await settleWithin(work(database), timeoutMs, () => slow(timeoutMs));
      } catch (error) {
        if (!isLost(error)) throw error;
        this.#drop(opening);
        database.close();
      }
    }
  }

  close(): void {
    this.#current?.then((database) => database.close()).catch(() => {}); // what never opened needs no close
    this.#current = undefined;
  }

  #connect(): Promise<Database> {
    if (this.#current) return this.#current;
    const opening: Promise<Database> = this.#openUsable(() => this.#drop(opening));
    this.#current = opening;
    opening.then(
      () => {
        this.#hasOpened = true;
      },
      () => this.#drop(opening),
    );
    return opening;
  }

  #drop(opening: Promise<Database>): void {
    if (this.#current === opening) this.#current = undefined;
  }

  async #openUsable(onLost: () => void): Promise<Database> {
    if (!globalThis.indexedDB)
      throw new TillsideError('store-absent', 'There is no IndexedDB here. Keeping to memory for this visit.');
    try {
      const database = await this.#open(onLost).catch((error) => {
        if (!isLost(error)) throw error;
        return this.#open(onLost);
      });
      if (isComplete(database)) return database;
      database.close();
      return await this.#rebuild('The database lacked object stores', onLost);
    } catch (error) {
      if (codeOf(error) !== undefined) throw error;
      // One that has worked in this visit is out of reach, not corrupt.
      if (isLost(error) && !this.#hasOpened)
        return this.#rebuild(`The database does not open (${(error as Error).message})`, onLost);
      throw new TillsideError(
        'store-denied',
        `IndexedDB is refused here (${String(error)}). Keeping to memory for this visit.`,
        error,
      );
    }
  }

  async #open(onLost: () => void): Promise<Database> {
    this.#opens = this.#opens.filter((at) => this.#now() - at < OPENS_WINDOW_MS);
    if (this.#opens.length >= MAX_OPENS) {
      throw new TillsideError(
        'store-lost',
        `The database was lost ${MAX_OPENS} times within a minute. Keeping to memory for this visit.`,
      );
    }
    this.#opens.push(this.#now());
    return openDatabase(onLost);
  }

  async #rebuild(reason: string, onLost: () => void): Promise<Database> {
    await deleteDatabase();
    const database = await this.#open(onLost);
    this.#diagnostics.report('store-reset', `${reason}. It was deleted and made anew.`);
    return database;
  }
}

/** Whether the connection is to blame, so that a new one may do. */
function isLost(error: unknown): boolean {
  return codeOf(error) === undefined && LOST.has((error as Error | null)?.name ?? '');
}

function slow(timeoutMs: number): TillsideError {
  return new TillsideError(
    'store-timeout',
    `The database did not answer within ${timeoutMs} ms. Keeping to memory for this visit.`,
  );
}
