import type { Slate } from '../../core/domain/slate.js';

export interface SlateWatch {
  /** Asks for a new slate within a frame; many calls are one. */
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
  let frame = 0;
  let isAsking = false;
  /** there is nobody to answer, or a newer question */
  let isDropped = false;
  let isWanted = false;

  async function ask(): Promise<void> {
    frame = 0;
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
    if (!isAsking) frame ||= requestAnimationFrame(ask);
  }

  return {
    refresh,
    cancel() {
      isDropped = true;
      isWanted = false;
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
