import type { Images } from '../options.js';
import type { Receipt, ReceiptChannel, ReceiptRequest } from '../receipt.js';
import { element } from '../widget/element.js';
import { fill } from './fill.js';
import type { PrivacyContext } from './privacy-context.js';
import type { ChannelWord } from './strings.js';

/** The proof: no byte of behaviour, each file that was asked for, and who else may learn of the visit. */
export interface ReceiptView {
  readonly element: HTMLElement;
  /** Shows another receipt; what is folded out stays so. */
  show(receipt: Receipt): void;
}

/** Creates the view of no receipt yet. */
export function createReceiptView({ instance, strings, formats }: PrivacyContext): ReceiptView {
  const [before = '', after = ''] = strings.sent.split('{bytes}');
  const figure = element('strong', { part: 'figure' });
  const summary = element('summary', {});
  const rows = element('tbody', {});
  const channels = element('ul', { part: 'channels', role: 'list' });
  const headings = [strings.what, strings.from, strings.size, strings.when].map((name) => element('th', { scope: 'col' }, name));
  const table = element('table', { part: 'requests' }, element('thead', {}, element('tr', {}, ...headings)), rows);
  // What scrolls has to be reached by the keyboard.
  const scroll = element('div', { part: 'scroll', role: 'group', tabindex: '0', 'aria-label': strings.receiptHeading }, table);

  const createRow = ({ url, bytes, at, from }: ReceiptRequest): HTMLElement => {
    const { host, pathname } = new URL(url, location.href);
    const size = bytes === undefined ? strings.unknown : formats.bytes(bytes);
    const cells = [
      pathname.slice(pathname.lastIndexOf('/') + 1),
      host,
      from === 'cache' ? strings.fromCache : size,
      formats.time(at),
    ];
    return element('tr', { 'data-url': url }, ...cells.map((cell) => element('td', {}, cell)));
  };
  return {
    element: element(
      'div',
      { part: 'receipt' },
      element('p', { part: 'sent' }, before, figure, element('span', {}, after)),
      element('details', { part: 'details' }, summary, scroll),
      element('h4', {}, strings.channels),
      element('p', { part: 'note' }, strings.channelsIntro),
      channels,
    ),
    show({ requests, behaviourBytesSent, channels: known }) {
      figure.textContent = formats.bytes(behaviourBytesSent);
      summary.textContent = fill(strings.requests, { count: formats.number(requests.length) });
      rows.replaceChildren(...requests.map(createRow));
      channels.replaceChildren(
        ...known.map((channel) => {
          const { name, isOn } = channel;
          const words = strings.channelWords?.[wordOf(channel, instance.images)];
          const how = words ? fill(words, { attribute: channel.attribute ?? '' }) : channel.how;
          const state = element('strong', {}, `${isOn ? strings.on : strings.off}: `);
          const attributes = { part: 'channel', class: isOn ? 'on' : 'off', 'data-channel': name };
          return element('li', attributes, element('span', {}, state, how));
        }),
      );
    },
  };
}

/** What there is to say of a channel, as it is set. */
function wordOf({ name, isOn }: ReceiptChannel, images: Images): ChannelWord {
  const words = {
    'card-images': ({ sprite: 'pictureSheet', none: 'noPictures', all: 'pictures', 'page-known': 'pictures' } as const)[images],
    links: 'links',
    'shop-cart': 'shopCart',
    'shop-scripts': 'shopScripts',
    'order-attribute': isOn ? 'orderAttribute' : 'noOrderAttribute',
    integrations: isOn ? 'analytics' : 'noAnalytics',
  } as const;
  return words[name];
}
