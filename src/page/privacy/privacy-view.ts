// In: what there is to say. Out: the elements in the shadow root that say it.
import type { ConsentState } from '../consent/consent-state.js';
import type { Receipt } from '../receipt.js';
import type { TillsideInstance } from '../tillside.js';
import { element } from '../widget/element.js';
import { type Language, speakIn } from '../widget/language-of.js';
import { createActions } from './actions.js';
import { createConsentSwitch } from './consent-switch.js';
import { fill } from './fill.js';
import { createFormats } from './formats.js';
import type { PrivacyContext } from './privacy-context.js';
import { showKept } from './show-kept.js';
import { createReceiptView } from './receipt-view.js';
import type { PrivacyStrings } from './strings.js';
import { adoptStyles } from './styles.js';
import type { KeptSummary } from './summarise.js';

/** What a `<tillside-privacy>` says of itself. */
export interface PrivacyHost extends HTMLElement {
  readonly heading: string;
}

/** What it says, in which language. */
export interface Words {
  readonly strings: PrivacyStrings;
  readonly language: Language | 'en';
}

/** What a `<tillside-privacy>` shows. */
export interface PrivacyView {
  /** Shows the state of consent; without it nothing of the notes stays in the document. */
  showConsent(state: ConsentState): void;
  showNotes(summary: KeptSummary): void;
  showReceipt(receipt: Receipt): void;
}

/** Creates the view in the host's shadow root, in the words of a language. */
export function createPrivacyView(host: PrivacyHost, instance: TillsideInstance, words: Words): PrivacyView {
  const { strings, language } = words;
  const status = element('p', { part: 'status', role: 'status' });
  const formats = createFormats(instance.locale);
  const context: PrivacyContext = { instance, strings, formats, say: (words) => status.replaceChildren(words) };
  const heading = element('h2', { part: 'heading', id: 'heading' });
  const intro = element('p', { part: 'intro' });
  const consent = createConsentSwitch(context);
  const kept = element('div', { part: 'kept' });
  const retention = element('p', { part: 'note' });
  const receipt = createReceiptView(context);
  const offer = createPanel('offer', strings.nothingKept, element('p', { part: 'note' }, strings.offer), consent.allow);
  const notes = createPanel('notes', strings.keptHeading, kept, retention, createActions(context));
  const proof = createPanel('proof', strings.receiptHeading, receipt.element);
  const header = element('header', { part: 'header' }, heading, consent.toggle, intro, status);
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  adoptStyles(root);
  const section = element('section', { part: 'section', 'aria-labelledby': 'heading' }, header, offer, notes, proof);
  speakIn(section, language);
  root.replaceChildren(section);
  proof.hidden = true;

  return {
    showConsent(state) {
      const isGranted = state === 'granted';
      heading.textContent = host.heading || strings.heading;
      intro.textContent = { granted: strings.introGranted, pending: strings.introPending, denied: strings.introDenied }[state];
      consent.show(isGranted);
      offer.hidden = isGranted;
      notes.hidden = !isGranted;
      if (!isGranted) kept.replaceChildren();
    },
    showNotes(summary) {
      kept.replaceChildren(...showKept(summary, context));
      const { eventDays, purchaseDays } = summary.retention ?? { eventDays: 0, purchaseDays: 0 };
      retention.hidden = !summary.retention;
      retention.textContent = fill(strings.retention, { days: formats.days(eventDays), months: formats.span(purchaseDays) });
    },
    showReceipt(made) {
      receipt.show(made);
      proof.hidden = false;
    },
  };
}

function createPanel(id: string, title: string, ...children: readonly Node[]): HTMLElement {
  return element(
    'section',
    { part: 'panel', 'aria-labelledby': id, 'data-panel': id },
    element('h3', { id }, title),
    ...children,
  );
}
