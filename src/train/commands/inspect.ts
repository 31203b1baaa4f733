// In: a bundle. Out: what it holds and, with --privacy, what a competitor could read from it, in words.
import type { Bundle } from '../../core/model/bundle.js';
import { manifestSummary } from './manifest-summary.js';
import { readBundleFolder } from './bundle-folder.js';
import { type Command, parseOptions } from './options.js';
import { privacyFacts, printPrivacy } from './privacy.js';
import { TillsideError } from '../../core/errors.js';

const HELP = `tillside inspect DIR [--privacy] [--json]

Lists a bundle's files, items, features (those that vary and those that are constant), figures and settings.

  --privacy   what a competitor could read from it: a bundle is public
  --json      the same as JSON`;

export const inspect: Command = {
  name: 'inspect',
  summary: 'lists what a bundle holds',
  help: HELP,
  async run(args) {
    const options = { privacy: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseOptions(args, options, true);
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1) throw new TillsideError('usage', 'Name one bundle folder.');
    const bundle = await readBundleFolder(folder);
    process.stdout.write(`${values.privacy ? privacyText(bundle, values.json) : manifestText(bundle, values.json)}\n`);
    return 0;
  },
};

function privacyText(bundle: Bundle, asJson: boolean): string {
  const facts = privacyFacts(bundle);
  return asJson ? JSON.stringify(facts, null, 2) : printPrivacy(facts);
}

function manifestText({ manifest }: Bundle, asJson: boolean): string {
  if (!asJson) return manifestSummary(manifest);
  const { goldens, ...rest } = manifest;
  return JSON.stringify({ ...rest, goldens: goldens.length }, null, 2);
}
