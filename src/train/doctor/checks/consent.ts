import { type CheckName, type Finding, broken, fine, skipped, warning } from '../finding.js';
import type { Check } from '../examination.js';

const NEEDS_CONSENT: readonly CheckName[] = ['worker', 'bundle', 'tier', 'ids', 'offers', 'cart', 'widget', 'images'];

/** Who may answer for the shopper, and how it stands on a first visit. */
export const checkConsent: Check = ({ consent, markup, setup, callers, isAnswered }) => {
  if (!consent) return broken('tillside did not say', 'Give more time by --timeout SECONDS.');
  const wish = setup.option('consent');
  const { before, after, isForced } = consent;
  const platforms = markup.consentPlatforms.join(', ');
  const rest: Pick<Finding, 'explains'> = after === 'granted' && isAnswered ? {} : { explains: NEEDS_CONSENT };
  const how = isForced ? '; for the rest of this check it was set to granted' : '';
  if (wish === 'granted') return { ...fine('given by the shop itself (consent: granted)'), ...rest };
  if (wish === 'auto' && platforms !== '')
    return { ...fine(`read from ${platforms}: ${before} on a first visit${how}`), ...rest };
  if (before === 'granted') return { ...fine('granted by a script of the shop'), ...rest };
  if (callers.consent.length > 0) {
    const who = [...new Set(callers.consent)].slice(0, 3).join(', ');
    return { ...fine(`${before} until the shopper answers: ${who} tells tillside`), ...rest };
  }
  if (!setup.tag) return { ...skipped(`is ${before}; who answers, an app's own script knows`), ...rest };
  if (wish === 'auto')
    return {
      ...warning(
        'is "auto", and no consent platform is on the page: nobody will ever answer, and nothing be suggested',
        "Call tillside.consent('granted') where the shop's own banner is answered, or load the consent platform on this page. See docs/consent.md.",
      ),
      ...rest,
    };
  return {
    ...warning(
      `is ${before}, and no script that tells tillside of an answer was found`,
      'Call tillside.consent(\'granted\') where the banner is answered, or set data-consent="auto" where a consent platform is on the page.',
    ),
    ...rest,
  };
};
