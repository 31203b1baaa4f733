/** Words of `<tillside-privacy>`. `{name}` marks where something goes. One table a language. */
export interface PrivacyStrings {
  readonly heading: string;
  /** what the switch switches */
  readonly switchName: string;
  readonly on: string;
  readonly off: string;
  readonly introGranted: string;
  readonly introPending: string;
  readonly introDenied: string;
  readonly nothingKept: string;
  readonly offer: string;
  readonly allow: string;
  readonly allowed: string;
  readonly refusedElsewhere: string;
  readonly switchedOff: string;
  readonly keptHeading: string;
  readonly viewed: string;
  readonly time: string;
  readonly added: string;
  readonly bought: string;
  readonly lastViewed: string;
  readonly lastAdded: string;
  readonly purchases: string;
  /** `{date}` */
  readonly until: string;
  /** `{days}` and `{months}` are written with their unit */
  readonly retention: string;
  readonly nothingYet: string;
  readonly download: string;
  /** `{file}` */
  readonly downloaded: string;
  readonly erase: string;
  readonly eraseQuestion: string;
  readonly eraseYes: string;
  readonly eraseNo: string;
  readonly erased: string;
  readonly failed: string;
  readonly receiptHeading: string;
  /** under the number of bytes, `{bytes}` */
  readonly sent: string;
  /** `{count}` */
  readonly requests: string;
  readonly what: string;
  readonly from: string;
  readonly size: string;
  readonly when: string;
  /** instead of a size */
  readonly fromCache: string;
  readonly unknown: string;
  readonly channels: string;
  readonly channelsIntro: string;
  /** who learns what, `{attribute}` being what the order carries, by the name of the channel or of a choice about it; absent: the receipt's own words, which are English */
  readonly channelWords?: Readonly<Record<ChannelWord, string>>;
}

export type ChannelWord =
  | 'pictures'
  | 'pictureSheet'
  | 'noPictures'
  | 'links'
  | 'shopCart'
  | 'shopScripts'
  | 'orderAttribute'
  | 'noOrderAttribute'
  | 'analytics'
  | 'noAnalytics';

/** English. */
export const ENGLISH: PrivacyStrings = {
  heading: 'What this device remembers',
  switchName: 'Remember on this device',
  on: 'On',
  off: 'Off',
  introGranted:
    'To suggest what goes with your cart, this shop takes notes in this browser. The notes stay in this browser and are sent to nobody.',
  introPending:
    'This shop would like to take notes in this browser, to suggest what goes with your cart. It has not asked you yet.',
  introDenied: 'This shop takes no notes in this browser. You said no, and what there was has been erased.',
  nothingKept: 'Nothing is kept on this device.',
  offer:
    'If you allow it, what you look at and add is noted in this browser only. You can look at the notes here, and erase them.',
  allow: 'Allow notes',
  allowed: 'Notes are allowed.',
  refusedElsewhere: 'The cookie settings of this shop say no. Change your answer there first.',
  switchedOff: 'Switched off. Everything is erased, in every tab of this shop.',
  keptHeading: 'The notes',
  viewed: 'Items viewed',
  time: 'Time spent',
  added: 'Added to cart',
  bought: 'Items bought',
  lastViewed: 'Viewed last',
  lastAdded: 'Added last',
  purchases: 'Bought',
  until: 'kept until {date}',
  retention: 'What you look at is forgotten after {days}. What you bought is remembered for {months}.',
  nothingYet: 'There are no notes yet.',
  download: 'Download the notes',
  downloaded: 'Saved as {file}.',
  erase: 'Erase the notes',
  eraseQuestion: 'Erase everything kept here, in every tab of this shop?',
  eraseYes: 'Yes, erase',
  eraseNo: 'Keep',
  erased: 'Everything is erased. Notes begin anew from now on, unless you switch them off.',
  failed: 'That did not work. Please try again.',
  receiptHeading: 'Receipt',
  sent: '{bytes} of these notes were sent.',
  requests: 'Files that were asked for, the same for every visitor: {count}',
  what: 'What',
  from: 'From',
  size: 'Size',
  when: 'When',
  fromCache: 'kept copy',
  unknown: 'not told',
  channels: 'Who else may learn of your visit',
  channelsIntro: 'The notes are sent to nobody. What else a visit can tell, and to whom:',
};
