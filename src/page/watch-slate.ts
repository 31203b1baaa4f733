import type { Slate } from '../core/domain/slate.js';

/** A page that is painted has a frame long before; a background tab, or a window that is covered, has none for as long as it is. */
const UNPAINTED_MS = 150;

export interface SlateWatchOptions {
  /** false: nobody may ask, or nobody is left to answer */
  readonly recommend: () => Promise<Slate> | false;
  readonly onSlate: (slate: Slate) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Keeps a slate up to date: at most one question a frame and one under way. An answer to a question asked before the
 * last change is dropped, as it may suggest what is in the cart by now.
 *
 * @returns has a new slate asked for within a frame, or 150 ms where nothing is painted; many calls are one
 */
export function watchSlate({ recommend, onSlate, onError }: SlateWatchOptions): () => void {
  /** a question is planned or under way */
  let isAsking = false;
  /** the answer to it will be old */
  let isOld = false;

  const ask = async (): Promise<void> => {
    await nextFrame();
    isOld = false;
    try {
      const slate = await recommend();
      if (slate && !isOld) onSlate(slate);
    } catch (error) {
      if (!isOld) onError(error);
    }
    isAsking = false;
    if (isOld) refresh();
  };
  const refresh = (): void => {
    if (!isAsking) void ask();
    isAsking = isOld = true;
  };
  return refresh;
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(resolve, UNPAINTED_MS);
    requestAnimationFrame(resolve);
  }).catch(() => {}); // a host's own frames may throw: no reason to show nothing
}
