import type { Scope } from '../capture/open-scope.js';

/** Whether the shopper may be measured; `undefined`: nobody has answered yet. */
type Answer = boolean | undefined;
type Page = Readonly<Record<string, unknown>>;

interface TcData {
  readonly listenerId?: number;
  readonly gdprApplies?: boolean;
  readonly purpose?: { readonly consents?: Readonly<Record<number, boolean>> };
}
type TcfApi = (...call: [command: string, version: 2, callback: (data: TcData) => void, listenerId?: number]) => void;

/** An entry of a data layer, as `gtag('consent', 'update', {…})` pushes it. */
type Entry = readonly [command?: unknown, kind?: unknown, settings?: Readonly<Record<string, unknown>>] | undefined;

/** What each platform calls measuring; what throws, or is anything but `true`, is a no. */
const READERS: Readonly<Record<string, (global: never) => Answer>> = {
  Shopify: ({ customerPrivacy }: { customerPrivacy?: { analyticsProcessingAllowed(): boolean } }) =>
    customerPrivacy?.analyticsProcessingAllowed(),
  OnetrustActiveGroups: (groups: string) => groups.split(',').includes('C0002'),
  Cookiebot: ({ consent }: { consent: { statistics: boolean } }) => consent.statistics,
  dataLayer(layer: readonly Entry[]) {
    const stated = layer.filter((entry) => entry?.[0] === 'consent' && entry[2] && 'analytics_storage' in entry[2]);
    // A layer without a word on analytics is no consent platform; a default is nobody's answer.
    if (!stated.length) return true;
    const answer = stated.findLast((entry) => entry?.[1] === 'update');
    return answer && answer[2]?.['analytics_storage'] === 'granted';
  },
};

/**
 * Creates the answer to whether the shopper may be measured, where consent to tillside is given: every consent platform on the page that speaks of
 * analytics allows it.
 *
 * @param onAnswer called when a platform may say something else than before
 */
export function createMeasurementConsent(page: Page, scope: Scope, onAnswer: () => void): () => Answer {
  const readTcf = createTcfReader(page, scope, onAnswer);
  const ask = (read: () => Answer): Answer => {
    try {
      const answer = read();
      return answer === undefined ? answer : answer === true;
    } catch {
      return false; // clobbered, or broken
    }
  };
  return () => {
    const present = Object.entries(READERS).filter(([name]) => page[name] !== undefined);
    const answers = [ask(readTcf), ...present.map(([name, read]) => ask(() => read(page[name] as never)))];
    return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
  };
}

/** Purposes 1 (storing on the device) and 8 (measuring content performance). */
function createTcfReader(page: Page, scope: Scope, onAnswer: () => void): () => Answer {
  const api = page['__tcfapi'];
  if (typeof api !== 'function') return () => true;
  const ask = api as TcfApi;
  let isAllowed: Answer;
  let listenerId: number | undefined;
  const onData = scope.guard((data: TcData) => {
    listenerId = data.listenerId;
    isAllowed = data.gdprApplies === false || [1, 8].every((purpose) => data.purpose?.consents?.[purpose] === true);
    onAnswer();
  });
  scope.guard(() => ask('addEventListener', 2, onData))();
  scope.onStop(() => ask('removeEventListener', 2, () => {}, listenerId));
  return () => isAllowed;
}
