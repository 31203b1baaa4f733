/** Id → text, a mark where a value goes. The build takes texts out of the worker and fills this; before it, every text is where it is thrown. */
export const TEXTS: Readonly<Record<string, string>> = {};
