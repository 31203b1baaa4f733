/** `pending` and `denied` both mean: read nothing, write nothing, request nothing. pending → granted ↔ denied; never back to pending. */
export type ConsentState = 'pending' | 'granted' | 'denied';
/** What a shopper can answer. */
export type ConsentAnswer = Exclude<ConsentState, 'pending'>;
