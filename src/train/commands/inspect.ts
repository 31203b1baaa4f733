// In: a bundle. Out: what it holds and, with --privacy, what a competitor could read from it, in words.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle } from '../../core/model/bundle.js';
import { describeOffers, type OffersFacts, printOffers } from '../offers/describe-offers.js';
import { manifestSummary } from './manifest-summary.js';
import { readBundleFolder } from './bundle-folder.js';
import { type Command, parseOptions, requiredBundle } from './options.js';
import { privacyFacts, printPrivacy } from './privacy.js';

const HELP = `tillside inspect [--bundle] DIR [--privacy] [--json]

Lists a bundle's files, items, features (those that vary and those that are constant), figures and settings; and what an offers.json beside
them holds.

  --privacy   what a competitor could read from it: a bundle is public
  --json      the same as JSON`;

export const inspect: Command = {
  name: 'inspect',
  summary: 'lists what a bundle holds',
  help: HELP,
  async run(args) {
    const flag = { type: 'boolean', default: false } as const;
    const { values, positionals } = parseOptions(args, { bundle: { type: 'string' }, privacy: flag, json: flag }, true);
    const folder = requiredBundle(values.bundle, positionals);
    const bundle = await readBundleFolder(folder);
    const text = values.privacy
      ? privacyText(bundle, values.json)
      : manifestText(bundle, await readOffersBeside(folder, bundle), values.json);
    process.stdout.write(`${text}\n`);
    return 0;
  },
};

function privacyText(bundle: Bundle, asJson: boolean): string {
  const facts = privacyFacts(bundle);
  return asJson ? JSON.stringify(facts, null, 2) : printPrivacy(facts);
}

function manifestText({ manifest }: Bundle, offers: OffersFacts | undefined, asJson: boolean): string {
  if (!asJson) return offers ? `${manifestSummary(manifest)}\n\n${printOffers(offers)}` : manifestSummary(manifest);
  const { goldens, ...rest } = manifest;
  return JSON.stringify({ ...rest, goldens: goldens.length, ...(offers && { offers }) }, null, 2);
}

/** A file that is there and cannot be used is an error: a page would do without it. */
async function readOffersBeside(folder: string, { index }: Bundle): Promise<OffersFacts | undefined> {
  const bytes = await readFile(join(folder, 'offers.json')).catch(() => undefined);
  return bytes && describeOffers(bytes, index, Date.now());
}
