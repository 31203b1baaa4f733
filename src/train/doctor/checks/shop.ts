import { broken, fine, skipped, warning } from '../finding.js';
import { type Check, type Examination, findingOf, unclaimed } from '../examination.js';
import { lineForImages } from './csp.js';

/** A shift that somebody may notice; Chrome calls 0.1 poor for a whole page. */
const MAX_SHIFT = 0.01;

/** Which sources tell the cart. */
export const checkCart: Check = ({ running, markup, setup, callers, toldOf }) => {
  const told = toldOf('cart');
  if (told) return findingOf(told);
  const lines = running.status?.cart.length ?? 0;
  const inCart = `${lines} ${lines === 1 ? 'line' : 'lines'} in it now`;
  const picked = running.told.find(({ code }) => code === 'source-picked')?.message;
  const names = /read from (.*?)\. /.exec(picked ?? '')?.[1]?.split(', ') ?? [];
  const others = names.filter((name) => name !== 'markup');
  const hasMarkup = markup.hasCartMarkup || markup.hasAddMarkup;
  const sources = [...(hasMarkup ? ['markup'] : []), ...others];
  if (sources.length > 0) return fine(`read from ${sources.join(', ')}; ${inCart}`);
  if (lines > 0) return fine(`told by the shop's scripts; ${inCart}`);
  if (callers.cart.length > 0) return fine(`told by ${[...new Set(callers.cart)].slice(0, 3).join(', ')}; ${inCart}`);
  if (!setup.tag) return skipped(`told by the app's own script, if at all; ${inCart}`);
  const isManual = setup.option('cart') === 'manual';
  return warning(
    isManual
      ? 'is told by hand, and no script that does so was found'
      : 'nothing on this page tells it: no platform, no data layer, no markup',
    'Mark the rows up (data-tillside-cart, data-tillside-item), or call tillside.cart([{ itemId, quantity, price }]). See docs/events.md.',
  );
};

/** Whether suggestions are shown, and nothing moves as they come. */
export const checkWidget: Check = ({ running, slate, toldOf, setup, file }) => {
  const told = toldOf('widget');
  if (told) return findingOf(told);
  const { widgets, shift } = running;
  if (widgets.length === 0) return skipped('no <tillside-suggestions> on this page: give the address of the cart');
  if (widgets.some(({ isDefined }) => !isDefined)) {
    const url = setup.folderUrl && new URL('element.js', setup.folderUrl).href;
    const status = file(url)?.status;
    return broken(
      `<tillside-suggestions> was not filled${status === undefined ? '' : `; element.js answered ${status}`}`,
      'Load element.js beside auto.js, or import "tillside/element".',
    );
  }
  if ((slate?.items ?? 0) === 0)
    return warning(
      'the slate is empty: rules leave nothing, or nothing is available',
      'Look at rules and at availability in the catalogue.',
    );
  const [shown] = widgets.filter(({ cards }) => cards > 0);
  if (!shown) return warning('there is a slate, and no card', 'Look at min-score, and at the shop’s own template.');
  if (shown.isHidden)
    return warning('its cards have no height: the shop hides them', 'Look at the style sheet around <tillside-suggestions>.');
  if (shift > MAX_SHIFT)
    return warning(
      `the page moves by ${shift.toFixed(3)} as cards come`,
      'Reserve the height: tillside-suggestions:not(:defined) { display: block; min-height: 24rem; }',
    );
  return fine(`${shown.cards} cards, nothing moves as they come`);
};

/** Whether the pictures of cards arrive. */
export const checkImages: Check = (examination) => {
  const { running, failures, setup } = examination;
  const { images } = running;
  const option = setup.option('images');
  if (option === 'none') return fine('the shop wants none');
  if (images.length === 0) return skipped('the catalogue names none for these items');
  const missing = images.filter(({ isShown }) => !isShown);
  if (!running.widgets.some(({ cards }) => cards > 0)) return skipped('no card is shown on this page');
  if (missing.length === 0 || option === 'sprite' || option === 'page-known')
    return fine(`${images.length} of ${images.length} come`);
  const what = `${missing.length} of ${images.length} do not come, and letters stand there instead`;
  const [line] =
    lineForImages(
      examination,
      missing.map(({ url }) => url),
    ) ?? [];
  if (line !== undefined) return warning(`${what}: img-src refuses ${hostsOf(missing)}`, `In the page's policy: ${line}`);
  if (setup.pageOrigin.startsWith('https:') && missing.some(({ url }) => url.startsWith('http:')))
    return warning(
      `${what}: their addresses are http on an https page`,
      'Write https addresses into image_url of the catalogue, and train again.',
    );
  const [first] = missing;
  const why = first ? (failures.get(first.url) ?? 'it is not there, or no picture') : '';
  return warning(`${what}: ${first?.url} (${why})`, 'Correct image_url in the catalogue, or let the host answer.');
};

function hostsOf(images: readonly { readonly url: string }[]): string {
  return [...new Set(images.map(({ url }) => new URL(url).origin))].join(', ');
}

/** What else tillside told, and what it threw. */
export const checkReports: Check = (examination: Examination) => {
  const told = unclaimed(examination).map(findingOf);
  const [thrown] = examination.exceptions;
  if (thrown !== undefined)
    return broken(`an exception out of tillside: ${thrown.split('\n', 1)[0]}`, 'Report it with this line.');
  if (told.length === 0) return fine('tillside has no other complaint');
  const isBroken = told.some(({ verdict }) => verdict === 'broken');
  const remedies = [...new Set(told.flatMap(({ remedy = [] }) => remedy))];
  return (isBroken ? broken : warning)(told.map(({ seen }) => seen).join('; '), ...remedies);
};
