// In: a report, example carts and a bundle's manifest. Out: one HTML page that needs nothing else, for the people who run the shop.
import type { Manifest } from '../../../core/model/manifest.schema.js';
import type { EvaluationReport } from '../evaluate-log.js';
import type { Protocol } from '../query.js';
import type { ReportTable } from '../tabulate.js';
import type { ExampleCart } from './example-carts.js';
import { headlineSection } from './headline-section.js';
import { escapeHtml } from './markup.js';
import { cartsSection, curvesSection, looksSection, methodsSection, sizesSection, slicesSection } from './sections.js';
import { STYLE } from './style.js';
import { ablationSection, exposuresSection, replaySection } from './worth-sections.js';

export interface HtmlReport {
  readonly report: EvaluationReport;
  readonly examples: readonly ExampleCart[];
  readonly manifest: Pick<Manifest, 'id' | 'createdAt' | 'files' | 'output' | 'items'>;
}

/** The report as a page: no script, no font, no image from elsewhere; every text of the shop's is escaped. */
export function toHtml({ report, examples, manifest }: HtmlReport): string {
  const [anonymous, ...known] = mainTables(report);
  const { headline, replay, exposures, ablation, notes } = report;
  const body = [
    heading(report, manifest),
    ...(headline ? [headlineSection(headline)] : []),
    ...notes.map((note) => `<p class="soft">${escapeHtml(note)}.</p>`),
    ...(anonymous
      ? [
          curvesSection(anonymous, known.at(-1)),
          slicesSection([anonymous, ...known]),
          looksSection(anonymous, manifest.output, lastOf(report, 'cart-page')),
        ]
      : []),
    ...(replay ? [replaySection(replay)] : []),
    ...(exposures ? [exposuresSection(exposures)] : []),
    cartsSection(examples),
    methodsSection(report.tables.filter(({ queries }) => queries > 0)),
    sizesSection(manifest),
    ...(ablation ? [ablationSection(ablation)] : []),
    limits(),
  ];
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<title>Suggestions, measured</title><style>${STYLE}</style></head><body><main>${body.join('\n')}</main></body></html>\n`
  );
}

/** The tables over all questions of the first protocol: anonymous, then with own purchases where they are known. */
function mainTables({ tables }: EvaluationReport): ReportTable[] {
  const [first] = tables;
  const whole = tables.filter(({ protocol, lines }) => protocol === first?.protocol && lines !== undefined);
  return whole.sort((a, b) => a.historyDays - b.historyDays);
}

/** The table of a protocol that pools all its seeds, anonymous. */
function lastOf({ tables }: EvaluationReport, wanted: Protocol): ReportTable | undefined {
  return tables.findLast(({ protocol, historyDays }) => protocol === wanted && historyDays === 0);
}

function heading({ split, items }: EvaluationReport, { id, createdAt }: HtmlReport['manifest']): string {
  const count = (value: number) => value.toLocaleString('en');
  return (
    `<h1>How good are the suggestions?</h1><p class="soft">Bundle ${escapeHtml(id.slice(0, 12))}, made ${escapeHtml(createdAt.slice(0, 10))}</p>` +
    `<p>The model learned from ${count(split.trainSessions)} sessions. It was then asked about the ${count(split.testSessions)} that followed, ` +
    `${split.from.slice(0, 10)} to ${split.until.slice(0, 10)}, which it had never seen: part of each was shown to it, and it had to name what else the shopper took, ` +
    `out of all ${count(items)} items. Every other method was asked exactly the same.</p>`
  );
}

function limits(): string {
  return (
    '<h2>What these figures cannot say</h2><p>They tell how often the model guesses what shoppers took without its help. They do not tell how many more they ' +
    'take when they see a suggestion: a good suggestion that nobody thought of counts as a miss here, and one they would have found anyway counts as a hit. ' +
    'Seasons shift as well. Only a comparison on the live shop, some visitors with and some without, measures sales.</p>'
  );
}
