import type { Receipt, ReceiptRequest } from '../receipt.js';
import { element } from '../widget/element.js';
import { fill } from './fill.js';
import type { PrivacyContext } from './privacy-context.js';

/** Shows what was asked of the network: no byte of behaviour, each file, and who else may learn of the visit. */
export function showReceipt(
  { requests, behaviourBytesSent, channels }: Receipt,
  { strings, formats }: PrivacyContext,
): readonly Node[] {
  const [before = '', after = ''] = strings.sent.split('{bytes}');
  const figure = element('strong', { part: 'figure' }, formats.bytes(behaviourBytesSent));
  const rows = requests.map((request) => createRow(request, { strings, formats }));
  const headings = [strings.what, strings.from, strings.size, strings.when].map((name) => element('th', { scope: 'col' }, name));
  const table = element(
    'table',
    { part: 'requests' },
    element('thead', {}, element('tr', {}, ...headings)),
    element('tbody', {}, ...rows),
  );
  const summary = fill(strings.requests, { count: formats.number(requests.length) });
  return [
    element('p', { part: 'sent' }, before, figure, element('span', {}, after)),
    element(
      'details',
      { part: 'details' },
      element('summary', {}, summary),
      // What scrolls has to be reached by the keyboard.
      element('div', { part: 'scroll', role: 'region', tabindex: '0', 'aria-label': strings.receiptHeading }, table),
    ),
    element('h4', {}, strings.channels),
    element('p', { part: 'note' }, strings.channelsIntro),
    element(
      'ul',
      { part: 'channels', role: 'list' },
      ...channels.map(({ name, isOn, how }) =>
        element(
          'li',
          { part: 'channel', class: isOn ? 'on' : 'off', 'data-channel': name },
          element('span', {}, element('strong', {}, `${isOn ? strings.on : strings.off}: `), how),
        ),
      ),
    ),
  ];
}

function createRow(
  { url, bytes, at, from }: ReceiptRequest,
  { strings, formats }: Pick<PrivacyContext, 'strings' | 'formats'>,
): HTMLElement {
  const { host, pathname } = new URL(url, location.href);
  const size = bytes === undefined ? strings.unknown : from === 'cache' ? strings.fromCache : formats.bytes(bytes);
  const cells = [pathname.slice(pathname.lastIndexOf('/') + 1) || pathname, host, size, formats.time(at)];
  return element('tr', { 'data-url': url }, ...cells.map((cell) => element('td', {}, cell)));
}
