/**
 * Paces a task: at most once a frame and one under way; many calls are one.
 *
 * @param task told whether it was called for again meanwhile: what it found is old then; never rejects
 * @returns calls for the task
 */
export function paceTask(task: (isOld: () => boolean) => Promise<void>): () => void {
  let isRunning = false;
  let isWanted = false;

  const run = async (): Promise<void> => {
    isWanted = false;
    await task(() => isWanted);
    isRunning = false;
    if (isWanted) plan();
  };
  const plan = (): void => {
    isWanted = true;
    if (!isRunning) requestAnimationFrame(run);
    isRunning = true;
  };
  return plan;
}
