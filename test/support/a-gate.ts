/** A promise that a test settles when it likes. */
export interface Gate {
  readonly promise: Promise<void>;
  open(): void;
}

export function aGate(): Gate {
  let open = (): void => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open: () => open() };
}
