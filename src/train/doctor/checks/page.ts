import { toDuration } from '../../progress.js';
import { broken, fine, warning } from '../finding.js';
import type { Check } from '../examination.js';

/** A page that replaces itself this often does not come to rest. */
const MAX_NAVIGATIONS = 5;

export const checkPage: Check = ({ asked, status, loadMs, timeoutMs, navigations, trouble, markup, running }) => {
  const waited = toDuration(timeoutMs);
  if (trouble !== undefined)
    return {
      ...broken(
        `could not be read within ${waited}: ${trouble}`,
        'Open it in a browser and look at what runs; give more time by --timeout SECONDS.',
      ),
      explains: EVERYTHING,
    };
  if (status >= 400)
    return { ...broken(`answered ${status}`, refusal(status)), ...(running.version === undefined && { explains: EVERYTHING }) };
  if (navigations > MAX_NAVIGATIONS)
    return warning(
      `navigated ${navigations} times by itself`,
      'End the loop of redirects, or give the address that it leads to.',
    );
  if (loadMs === undefined)
    return warning(
      `was still loading when half of the ${waited} were over`,
      'The Network tab shows what never ends; give more time by --timeout SECONDS.',
    );
  const led = new URL(asked).href === markup.url ? '' : `, led to ${markup.url}`;
  return fine(`${status}, loaded in ${toDuration(loadMs)}${led}`);
};

const EVERYTHING = [
  ...(['csp', 'cors', 'script', 'files', 'consent', 'worker', 'bundle', 'tier', 'ids', 'cart', 'widget', 'images'] as const),
  ...(['caching', 'compression', 'reports'] as const),
];

function refusal(status: number): string {
  if (status === 404) return 'Give the address of a page that is there: the cart page shows most.';
  if (status === 401 || status === 403)
    return 'The shop refuses this browser: open a page without a password, or try --headed where bots are kept out.';
  return "Look at the shop's log; a page that fails for shoppers has nothing to suggest.";
}
