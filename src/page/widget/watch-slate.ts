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
  let isStale = false;
  let isCancelled = false;

  async function ask(): Promise<void> {
    frame = 0;
    isAsking = true;
    isStale = false;
    const answer = await recommend().then(
      (slate) => ({ slate }),
      (error: unknown) => ({ error }),
    );
    isAsking = false;
    if (isCancelled) return;
    if (isStale) return refresh();
    try {
      if ('slate' in answer) onSlate(answer.slate);
      else onError(answer.error);
    } catch (error) {
      onError(error);
    }
  }

  function refresh(): void {
    isStale = true;
    isCancelled = false;
    if (frame === 0 && !isAsking) frame = requestAnimationFrame(() => void ask());
  }

  return {
    refresh,
    cancel() {
      isCancelled = true;
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
