import type { Slate } from '../../core/domain/slate.js';
import { DEFAULT_SIZE } from '../slate-size.js';
import type { Tillside } from '../tillside.js';
import type { Strings } from '../widget/strings.js';
import type { TillsideSuggestionsElement } from '../widget/suggestions-element.js';
import { answerRequests, type CartHandlers } from './answer-requests.js';

/** What `<TillsideSuggestions>` takes, in every framework. */
export interface SuggestionsProps extends CartHandlers {
  /** where on the shop this is; default `cart` */
  readonly placement?: string | undefined;
  /** cards wanted, 1–50; default 4 */
  readonly size?: number | undefined;
  /** default: the widget's own words */
  readonly heading?: string | undefined;
  /** items that score less are not shown; default: all are */
  readonly minScore?: number | undefined;
  /** the shop's own words; default: the language's */
  readonly strings?: Partial<Strings> | undefined;
  /** default: the page's */
  readonly tillside?: Tillside | undefined;
  /** puts a suggestion into the shop's cart; without it, `tillside:add` bubbles to the document */
  readonly onAdd?: CartHandlers['onAdd'];
  /** takes it out again; without it and with `onAdd`, no undo is offered */
  readonly onRemove?: CartHandlers['onRemove'];
  /** called with each slate that is shown */
  readonly onLoad?: ((slate: Slate) => void) | undefined;
  /** called when no slate could be made; why is told to the instance's `onError` */
  readonly onError?: (() => void) | undefined;
}

/** The element's attributes, the same on a server and in the browser. Of `heading` there is always one: React 19 sets what is gone to "undefined". */
export function attributesOf({ placement = 'cart', size = DEFAULT_SIZE, heading = '', minScore }: SuggestionsProps) {
  return { placement, size, heading, ...(minScore !== undefined && { 'min-score': minScore }) };
}

/** Ties a component's props to its element. */
export interface HostBinding {
  /** Takes the element as soon as it is in the document, before it can load; with nothing it lets go of it. */
  attach(element: TillsideSuggestionsElement | null): void;
  /** Looks at `tillside` and `strings` again; handlers are looked up at each event. */
  update(): void;
}

/** @param props what the component was given last */
export function bindHost(props: () => SuggestionsProps): HostBinding {
  let host: TillsideSuggestionsElement | undefined;
  let given: Tillside | undefined;
  /** by what they say: a component makes the same ones anew at each rendering */
  let words = '{}';
  let stop: (() => void) | undefined;
  const update = (): void => {
    const { tillside, strings = {} } = props();
    if (!host) return;
    const next = JSON.stringify(strings);
    if (next !== words) host.strings = strings;
    words = next;
    if (tillside !== given) host.tillside = tillside;
    given = tillside;
  };
  return {
    attach(element) {
      stop?.();
      stop = undefined;
      if (!element) return;
      if (element !== host) [given, words] = [undefined, '{}'];
      host = element;
      stop = listen(element, props);
      update();
    },
    update,
  };
}

function listen(host: TillsideSuggestionsElement, props: () => SuggestionsProps): () => void {
  const onLoad = (): void => {
    if (host.slate) props().onLoad?.(host.slate);
  };
  const onError = (): void => props().onError?.();
  host.addEventListener('load', onLoad);
  host.addEventListener('error', onError);
  const stopAnswering = answerRequests(host, props);
  return () => {
    host.removeEventListener('load', onLoad);
    host.removeEventListener('error', onError);
    stopAnswering();
  };
}
