/** Items asked for where nothing is said. */
export const DEFAULT_SIZE = 4;
/** Items that can be asked for at most. */
export const MAX_SIZE = 50;
