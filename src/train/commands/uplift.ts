// In: exports of orders that carry the arm of a holdout test. Out: what the suggestions brought, as a table, JSON or a page.
import { writeFile } from 'node:fs/promises';
import { TillsideError } from '../../core/errors.js';
import { compareArms, type UpliftOptions } from '../uplift/compare-arms.js';
import { toUpliftHtml } from '../uplift/html/uplift-html.js';
import { printUplift } from '../uplift/print-uplift.js';
import { readOrders } from '../uplift/read-orders.js';
import { readDate } from '../uplift/read-values.js';
import { type Command, parseOptions } from './options.js';

const HELP = `tillside uplift --orders FILE [--holdout 0.1] [--visitors TREATMENT,HOLDOUT] [--html FILE] [--json]

Says what suggestions bring: the orders of the shoppers who see them beside those of the shoppers whom the page's option \`holdout\` leaves without,
each figure with its 95 % interval. Reads Shopify's orders export (CSV), WooCommerce's (CSV, or JSON of the REST API), or any CSV with the
columns order_id, arm, total and, where known, ordered_at, currency, items, status. E-mails and addresses are not read.

  --orders FILE        may be given several times, or as a quoted pattern: 'orders*.csv'; an order in two files counts once
  --holdout SHARE      the page's option: arms of another size are reported (0.1)
  --visitors T,H       visitors of each arm, from the shop's own analytics: without them conversion cannot be told
  --effect SHARE       the smallest change worth knowing of, for the number of orders still needed (0.05)
  --currency CODE      where the orders are in several
  --since DATE, --until DATE   only orders from the one day on, and before the other
  --html FILE          the report as one page with plots, for the people who run the shop
  --json               the report as JSON on standard output`;

const OPTIONS = {
  orders: { type: 'string', multiple: true },
  holdout: { type: 'string' },
  visitors: { type: 'string' },
  effect: { type: 'string' },
  currency: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  html: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type OptionValues = ReturnType<typeof parseOptions<typeof OPTIONS>>['values'];

export const uplift: Command = {
  name: 'uplift',
  summary: 'says what suggestions bring, from orders of a holdout test',
  help: HELP,
  async run(args) {
    const { values } = parseOptions(args, OPTIONS);
    if (!values.orders?.length) throw new TillsideError('usage', '--orders is required.');
    const options = toOptions(values);
    const report = compareArms(await readOrders(values.orders), options);
    if (values.html !== undefined) await write(values.html, toUpliftHtml(report));
    process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : printUplift(report)}\n`);
    return 0;
  },
};

function toOptions({ holdout, visitors, effect, currency, since, until }: OptionValues): UpliftOptions {
  const counts = readVisitors(visitors);
  const [from, to] = [readDay('since', since), readDay('until', until)];
  return {
    holdout: readShare('holdout', holdout) ?? 0.1,
    effect: readShare('effect', effect) ?? 0.05,
    ...(counts && { visitors: counts }),
    ...(currency !== undefined && { currency: currency.toUpperCase() }),
    ...(from !== undefined && { since: from }),
    ...(to !== undefined && { until: to }),
  };
}

function readShare(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const share = Number(text);
  if (share > 0 && share < 1) return share;
  throw new TillsideError('usage', `--${name} is "${text}"; give a share above 0 and below 1, as 0.1.`);
}

function readVisitors(text: string | undefined): UpliftOptions['visitors'] {
  if (text === undefined) return undefined;
  const [treatment = 0, holdout = 0, ...more] = text.split(',').map(Number);
  if (Number.isInteger(treatment) && Number.isInteger(holdout) && treatment > 0 && holdout > 0 && more.length === 0)
    return { treatment, holdout };
  throw new TillsideError('usage', `--visitors is "${text}"; give the visitors of both arms, treatment first, as 9012,998.`);
}

function readDay(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = readDate(text);
  if (!Number.isNaN(at)) return at;
  throw new TillsideError('usage', `--${name} is "${text}"; give a day, as 2026-05-01.`);
}

async function write(file: string, html: string): Promise<void> {
  await writeFile(file, html).catch((cause: unknown) => {
    throw new TillsideError('output-invalid', `${file} could not be written: ${String(cause)}. Give --html a file.`, cause);
  });
}
