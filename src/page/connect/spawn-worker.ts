/** Starts a module worker; a script of another origin is imported by a small one of our own, if the CSP allows that. */
export function spawnWorkerAt({ href, origin }: URL): Worker {
  // A sandboxed frame is of no origin, whatever its address: `location.origin` would be that of the address.
  const isOurs = origin === self.origin;
  const url = isOurs ? href : URL.createObjectURL(new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' }));
  // The browser has a blob once the constructor returns: its URL is resolved there and then.
  if (!isOurs) setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return new Worker(toScriptUrl(url), { type: 'module' });
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** Under Trusted Types a worker's URL needs a policy; it is called `tillside`. */
function toScriptUrl(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy?.('tillside', { createScriptURL: (ours) => ours });
  return (policy?.createScriptURL(url) ?? url) as string;
}
