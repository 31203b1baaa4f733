// What is really kept on the device, read past tillside.
import type { Page } from '@playwright/test';

export interface KeptOnDevice {
  readonly databases: readonly string[];
  /** rows of every object store that has any */
  readonly rows: Readonly<Record<string, number>>;
  readonly keys: readonly string[];
  readonly cookies: string;
}

export async function keptOnDevice(page: Page): Promise<KeptOnDevice> {
  return page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name = '' }) => name);
    const rows: Record<string, number> = {};
    for (const name of databases) {
      const opening = indexedDB.open(name);
      // Deleted since it was listed: a look must not make it anew.
      opening.onupgradeneeded = () => opening.transaction?.abort();
      const database = await settled(opening).catch(() => undefined);
      if (!database) continue;
      for (const storeName of database.objectStoreNames) {
        const count = await settled(database.transaction(storeName).objectStore(storeName).count());
        if (count > 0) rows[`${name}.${storeName}`] = count;
      }
      database.close();
    }
    const keys = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    return { databases, rows, keys, cookies: document.cookie };

    function settled<T>(request: IDBRequest<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    }
  });
}

declare global {
  interface Window {
    /** Every use of the device that a script of the page made, by name. */
    uses: string[];
  }
}

/** Runs in a page before its own scripts: writes down each storage, worker and channel that is touched, and lets it pass. */
export function spyOnDevice(): void {
  const uses: string[] = [];
  window.uses = uses;
  const spied: readonly [target: object, name: string][] = [
    ...(['getItem', 'setItem', 'removeItem', 'key'] as const).map((name) => [Storage.prototype, name] as [object, string]),
    [IDBFactory.prototype, 'open'],
    [IDBFactory.prototype, 'databases'],
    [CacheStorage.prototype, 'open'],
    [window, 'Worker'],
    [window, 'SharedWorker'],
    [window, 'BroadcastChannel'],
    [window, 'fetch'],
    [Navigator.prototype, 'sendBeacon'],
  ];
  for (const [target, name] of spied) {
    const original = Reflect.get(target, name) as CallableFunction;
    const spy = new Proxy(original, {
      apply(callee, self, args) {
        uses.push(name);
        return Reflect.apply(callee, self, args);
      },
      construct(callee, args) {
        uses.push(name);
        return Reflect.construct(callee, args);
      },
    });
    Reflect.set(target, name, spy);
  }
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    const read = Object.getOwnPropertyDescriptor(window, name)?.get;
    const get = () => {
      uses.push(name);
      return read?.call(window);
    };
    Object.defineProperty(window, name, { configurable: true, get });
  }
}
