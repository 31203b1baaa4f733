import type { SignalContribution, SlateItem } from '../../core/domain/slate.js';
import { element } from './element.js';
import { toReasonSentence, toSentence } from './sentence.js';
import type { ToolStrings } from './strings.js';
import type { WidgetContext } from './widget-context.js';

/** A signal that moved the score by a smaller share says nothing. */
const MIN_SHARE = 0.005;

let panels = 0;

export interface WhyTargets {
  readonly context: WidgetContext;
  readonly strings: () => ToolStrings;
  /** of all panels of a widget, one is open */
  readonly opened: { close(): void };
}

/** "Why this?": a button, and the panel that it opens over the card: the reason in full and what each signal brought to the score. */
export function createWhyPanel({ context, strings, opened }: WhyTargets) {
  const id = `why-${++panels}`;
  const panel = element('div', { part: 'details', id, role: 'group', tabindex: '0', hidden: '' });
  const button = element('button', { part: 'why', type: 'button', 'aria-controls': id, 'aria-expanded': 'false' });
  const glyph = element('span', { 'aria-hidden': 'true' }, 'i');
  const open = (isOpen: boolean): void => {
    if (isOpen) opened.close();
    opened.close = isOpen ? () => open(false) : () => {};
    panel.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    glyph.textContent = isOpen ? '×' : 'i';
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || panel.hidden) return;
    // The shop's drawer stays open.
    event.stopPropagation();
    open(false);
    button.focus();
  };
  button.onclick = () => open(!!panel.hidden);
  button.onkeydown = panel.onkeydown = onKey;
  return {
    button,
    panel,
    update({ contributions, reason }: SlateItem, title: string): void {
      const words = strings();
      button.title = words.why;
      button.replaceChildren(glyph, element('span', { class: 'unseen' }, ...toSentence(words['why-name'], title)));
      panel.setAttribute('aria-label', words.why);
      panel.replaceChildren(
        element('p', {}, ...toReasonSentence(reason, context.strings)),
        element('ul', { role: 'list' }, ...linesOf(contributions, words, context.instance.locale)),
        element('p', {}, words['on-device']),
      );
    },
  };
}

/** Each signal in words, with its share of all that moved the score. */
function linesOf(contributions: readonly SignalContribution[], words: ToolStrings, locale?: string): Element[] {
  const total = contributions.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
  return contributions
    .map(({ signal, contribution }) => ({ signal, share: contribution / total }))
    .filter(({ share }) => Math.abs(share) >= MIN_SHARE)
    .map(({ signal, share }) =>
      element('li', {}, element('span', {}, words[`signal-${signal}`] ?? signal), ' ', toPercent(share, locale)),
    );
}

/** @param share −1–1 */
function toPercent(share: number, locale?: string): string {
  const style = { style: 'percent', signDisplay: 'always' } as const;
  try {
    return share.toLocaleString(locale, style);
  } catch {
    return share.toLocaleString(undefined, style); // no such locale
  }
}
