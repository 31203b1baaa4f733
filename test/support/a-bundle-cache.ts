import type { BundleCache } from '../../src/core/model/bundle-loader.js';

/** A cache of bundles in memory, as the store's. */
export function aBundleCache(): BundleCache & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  let manifest: string | undefined;
  return {
    files,
    readManifest: async () => manifest,
    readFile: async (sha256) => files.get(sha256),
    async writeBundle(text, written) {
      manifest = text;
      files.clear();
      for (const { sha256, bytes } of written) files.set(sha256, bytes);
    },
  };
}
