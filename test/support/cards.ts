const cardsOf = (host: Element) => [...(host.shadowRoot?.querySelectorAll('li') ?? [])];

/** Item ids of the cards that a widget shows, in order. */
export const cardIdsOf = (host: Element) => cardsOf(host).map((card) => card.dataset['itemId']);

/** The button that adds an item. */
export const addButtonOf = (host: Element, itemId: string) =>
  cardsOf(host)
    .find((card) => card.dataset['itemId'] === itemId)
    ?.querySelector('button') as HTMLButtonElement;
