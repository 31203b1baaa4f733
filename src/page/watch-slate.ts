import type { Slate } from '../core/domain/slate.js';

/** A page that is painted has a frame long before; a background tab, or a window that is covered, has none for as long as it is. */
const UNPAINTED_MS = 150;

export interface SlateWatch {
  /** Asks for a new slate within a frame, or 150 ms where nothing is painted; many calls are one. */
  refresh(): void;
  /** Drops the question that is planned and the answer that is under way. */
  cancel(): void;
}

export interface SlateWatchOptions {
  readonly recommend: () => Promise<Slate>;
  readonly onSlate: (slate: Slate) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Keeps a slate up to date: at most one question a frame and one under way. An answer to a question asked before the
 * last change is dropped, as it may suggest what is in the cart by now.
 */
export function watchSlate({ recommend, onSlate, onError }: SlateWatchOptions): SlateWatch {
  let unplan: (() => void) | undefined;
  let isAsking = false;
  /** there is nobody to answer, or a newer question */
  let isDropped = false;
  let isWanted = false;

  async function ask(): Promise<void> {
    unplan = undefined;
    isAsking = true;
    isDropped = isWanted = false;
    try {
      const slate = await recommend();
      if (!isDropped) onSlate(slate);
    } catch (error) {
      if (!isDropped) onError(error);
    }
    isAsking = false;
    if (isWanted) refresh();
  }

  function refresh(): void {
    isDropped = isWanted = true;
    if (!isAsking) unplan ??= atNextFrame(ask);
  }

  return {
    refresh,
    cancel() {
      isDropped = true;
      isWanted = false;
      unplan?.();
      unplan = undefined;
    },
  };
}

/** Calls back once, before the next paint or when there was none in time; returns the undo. */
function atNextFrame(callback: () => void): () => void {
  const undo = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const run = (): void => {
    undo();
    callback();
  };
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, UNPAINTED_MS);
  return undo;
}
