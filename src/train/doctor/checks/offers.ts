import { codeOf } from '../../../core/errors.js';
import { parseVocabulary } from '../../../core/model/vocabulary.js';
import { describeOffers, type OffersFacts } from '../../offers/describe-offers.js';
import { type Check, findingOf } from '../examination.js';
import { type Finding, broken, fine, skipped, warning } from '../finding.js';
import { nameOf } from '../gather-files.js';

const WRITE = 'Write it with "tillside offers" from the catalogue that the bundle was trained with, and publish it there.';
const MINUTE_MS = 60_000;

/** Whether the shop's offers are there, can be read, are not old, and speak of the bundle's items and the page's market. */
export const checkOffers: Check = ({ setup, file, files, toldOf, now }) => {
  const { offersUrl } = setup;
  if (offersUrl === undefined) return fine('none are asked for (data-offers): cards show prices of the bundle');
  const seen = file(offersUrl);
  const name = nameOf(offersUrl);
  if (seen === undefined) return skipped('the engine did not ask for them');
  if (seen.status === 0) return broken(`${name} cannot be reached`, 'Correct data-offers, or mend its host.');
  if (seen.status >= 400) return broken(`${name} answered ${seen.status}`, `Correct data-offers. ${WRITE}`);
  if (/^\s*</.test(seen.text ?? '')) return broken(`${name} answered with a web page`, `Correct data-offers. ${WRITE}`);
  const vocabulary = [...files.values()].find(({ url }) => nameOf(url).startsWith('vocabulary-'))?.text;
  if (vocabulary === undefined) return skipped('the vocabulary could not be read');
  try {
    const { itemIds, rowOf } = parseVocabulary(vocabulary);
    const index = { count: itemIds.length, rowOf, itemIdOf: (row: number) => itemIds[row - 1] ?? '' };
    const facts = describeOffers(new TextEncoder().encode(seen.text ?? ''), index, now);
    return judge(name, facts, { now, market: setup.option('market'), bundleItems: itemIds.length });
  } catch (error) {
    const told = toldOf('offers') ?? { code: codeOf(error) ?? 'offers-invalid', message: (error as Error).message };
    return findingOf(told);
  }
};

interface Asked {
  readonly now: number;
  readonly market: unknown;
  readonly bundleItems: number;
}

function judge(name: string, facts: OffersFacts, { now, market, bundleItems }: Asked): Finding {
  const { items, unknown, markets, isExpired, validUntil, generatedAt, faults } = facts;
  const names = markets.map((each) => each.market);
  if (market !== undefined && !names.includes(String(market))) {
    const seen = `data-market is "${String(market)}", which ${name} does not have: ${names.slice(0, 8).join(', ')}`;
    return broken(seen, 'Correct data-market, or write the market with "tillside offers --market".');
  }
  const of = `${items.toLocaleString('en')} of the bundle's ${bundleItems.toLocaleString('en')} items`;
  const what = `${name}, written ${ago(now - Date.parse(generatedAt))}: ${of}, ${names.slice(0, 8).join(', ')}`;
  if (isExpired)
    return warning(
      `prices are hidden, they were valid until ${validUntil}: ${what}`,
      'Write it by a job that runs more often than --valid-hours; look why the last run is so long ago.',
    );
  if (unknown > items)
    return warning(`the bundle knows ${items} of its ${items + unknown} ids: ${what}`, `Are both of one shop? ${WRITE}`);
  if (faults.length > 0) return warning(`left out: ${faults.join('; ')}: ${what}`, WRITE);
  return fine(`${what}, valid until ${validUntil}`);
}

/** A time that has passed, in the largest unit that has a whole one. */
function ago(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1_440)} days ago`;
}
