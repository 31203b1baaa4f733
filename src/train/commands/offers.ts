// In: catalogues, the same ones that "train" reads. Out: offers.json for the pages, made in seconds: prices and stock change without training.
import { writeFile } from 'node:fs/promises';
import { TillsideError } from '../../core/errors.js';
import { MAX_REFRESH_MINUTES } from '../../core/offers/offers-file.js';
import { describeOffers } from '../offers/describe-offers.js';
import { makeOffers, readMarkets, toOffersText } from '../offers/make-offers.js';
import { readBundleFolder } from './bundle-folder.js';
import { type Command, parseOptions, required, wholeNumber } from './options.js';
import { readFormats } from './read-formats.js';
import { readCatalogFiles } from './read-input.js';

const HELP = `tillside offers --catalog FILE [--catalog FILE …] --out offers.json [--market gb=GBP …] [--bundle DIR]

Writes prices and stock of a catalogue to a file that pages look for every few minutes, so that they change without training. Publish it beside
manifest.json, and say data-offers on the script tag.

  --catalog FILE        a catalogue as "train" reads it; several, where each market has its own
  --format LIST         the platform whose export it is, where that is not found out, such as shopify
  --out FILE            where the offers go
  --market ID=CURRENCY  a market and its currency: it takes the prices of that currency. The first is the default. Without it, each currency
                        is a market of its name (gbp)
  --valid-hours N       prices are hidden after it (24)
  --refresh-minutes N   how often an open page looks for a newer file (15)
  --bundle DIR          says how many items the bundle knows`;

export const offers: Command = {
  name: 'offers',
  summary: 'writes prices and stock that change without training',
  help: HELP,
  async run(args) {
    const text = { type: 'string' } as const;
    const list = { type: 'string', multiple: true, default: [] as string[] } as const;
    const { values } = parseOptions(args, {
      ...{ catalog: list, format: text, market: list, out: text, bundle: text },
      ...{ 'valid-hours': text, 'refresh-minutes': text },
    });
    const out = required('out', values.out);
    required('catalog', values.catalog[0]);
    const wishes = {
      markets: readMarkets(values.market),
      now: Date.now(),
      validHours: wholeNumber('valid-hours', values['valid-hours'], { least: 1, most: 8_760 }) ?? 24,
      refreshMinutes: wholeNumber('refresh-minutes', values['refresh-minutes'], { least: 1, most: MAX_REFRESH_MINUTES }) ?? 15,
    };
    const note = (line: string) => void process.stderr.write(`${line}\n`);
    const catalogs = [];
    for (const catalog of values.catalog)
      catalogs.push(await readCatalogFiles({ catalog, format: readFormats(values.format) }, { note }));
    const { file, unpriced } = makeOffers(catalogs, wishes);
    const json = toOffersText(file);
    if (values.bundle !== undefined) {
      const { index } = await readBundleFolder(values.bundle);
      const { items, unknown } = describeOffers(new TextEncoder().encode(json), index, wishes.now);
      note(`${items} items of the bundle, ${unknown} ids that it does not know`);
    }
    await writeFile(out, json).catch((cause: NodeJS.ErrnoException) => {
      throw new TillsideError('output-invalid', `${out} was not written: ${cause.message}. Choose another --out.`, cause);
    });
    const markets = Object.entries(file.markets).map(([market, { currency }]) => `${market} (${currency})`);
    if (unpriced > 0) note(`${unpriced} rows have no price in ${markets.join(', ')}`);
    note(`${Object.keys(file.items).length} items, ${markets.join(', ')}, valid until ${file.validUntil} → ${out}`);
    return 0;
  },
};
