/** Whether a source grants (only `true` does), and if not, whether that is an answer; none while it speaks of other purposes only. */
export type Reading = readonly [isGranted?: unknown, isAnswered?: unknown] | undefined;

/** Reads what a platform's global says now. It is called again and again, and what it throws is no answer: nothing vouches for the global's type. */
export type ConsentSource<Global = never> = (global: Global) => Reading;
