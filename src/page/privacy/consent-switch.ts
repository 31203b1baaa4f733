import { element } from '../widget/element.js';
import type { PrivacyContext } from './privacy-context.js';

/** The switch, and the button of the same effect where nothing is allowed. */
export interface ConsentSwitch {
  readonly toggle: HTMLElement;
  readonly allow: HTMLElement;
  show(isOn: boolean): void;
}

/** Creates both. What they ask for may be refused: where a consent platform says no, it stays no. */
export function createConsentSwitch({ instance, strings, say }: PrivacyContext): ConsentSwitch {
  const state = element('span', { part: 'state' });
  const toggle = element(
    'button',
    { part: 'switch', type: 'button', role: 'switch', 'aria-label': strings.switchName },
    element('span', { part: 'track', 'aria-hidden': 'true' }),
    element('span', {}, strings.switchName, ' '),
    state,
  );
  const allow = element('button', { part: 'allow primary', type: 'button' }, strings.allow);
  const answer = (isWanted: boolean): void => {
    instance.consent(isWanted ? 'granted' : 'denied');
    const isGranted = instance.consentState === 'granted';
    if (isWanted && !isGranted) say(strings.refusedElsewhere);
    else say(isGranted ? strings.allowed : strings.switchedOff);
  };
  toggle.onclick = () => answer(instance.consentState !== 'granted');
  allow.onclick = () => {
    answer(true);
    // The button is gone by now: the keyboard's focus goes to the switch that undoes it.
    if (instance.consentState === 'granted') toggle.focus();
  };
  return {
    toggle,
    allow,
    show(isOn) {
      toggle.setAttribute('aria-checked', String(isOn));
      state.textContent = isOn ? strings.on : strings.off;
    },
  };
}
