import type { Scope } from '../capture/open-scope.js';
import type { ConsentSource, Reading } from './consent-source.js';

type TcfApi = (...call: [command: string, version: 2, callback: (data: TcData) => void, listenerId?: number]) => void;

interface TcData {
  readonly listenerId: number;
  readonly gdprApplies?: boolean;
  readonly eventStatus: string;
  readonly purpose?: { readonly consents?: Readonly<Record<number, boolean>> };
}

/**
 * Reads the Transparency & Consent Framework: whatever is `__tcfapi`, the stub and then perhaps the CMP, is asked once to tell of every change.
 *
 * @see IAB Tech Lab, CMP API v2, https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework
 */
export function createTcfSource(scope: Scope, check: () => void): ConsentSource<TcfApi> {
  let reading: Reading = [];
  let asked: TcfApi | undefined;
  return (api) => {
    if (api !== asked) {
      asked = api;
      let listenerId: number | undefined;
      const onData = (data: TcData): void => {
        listenerId = data.listenerId; // without success there is no data, and this throws
        const isExempt = data.gdprApplies === false;
        // While the banner is open again, the answer given before still holds.
        if (isExempt || /^(tcloaded|useractioncomplete)$/.test(data.eventStatus)) {
          // Storing on the device, creating a profile to personalise content, and using it: tillside does all three.
          reading = [isExempt || [1, 5, 6].every((purpose) => data.purpose?.consents?.[purpose] === true), true];
        }
        check();
      };
      api('addEventListener', 2, scope.guard(onData));
      // The stub may have been replaced by the CMP, which then has its listeners.
      scope.onStop(() => asked?.('removeEventListener', 2, () => {}, listenerId));
    }
    return reading;
  };
}
