// In: the instance's answers and changes. Out: what the view shows of them, read anew after each change. Runs on the page.
import { reportError } from '../report-error.js';
import type { TillsideInstance } from '../tillside.js';
import { createPrivacyView, type PrivacyHost } from './privacy-view.js';
import { summarise } from './summarise.js';

/** A change is shown within it, and a burst of them once. */
const REFRESH_MS = 300;

export interface RunningPrivacy {
  /** Looks at the host's attributes, and reads what is kept, again. */
  refresh(): void;
  stop(): void;
}

/** Runs one `<tillside-privacy>` on one instance, with and without consent. */
export function startPrivacy(host: PrivacyHost, instance: TillsideInstance): RunningPrivacy {
  const view = createPrivacyView(host, instance);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  const isGranted = (): boolean => !isStopped && instance.consentState === 'granted';
  const read = async (): Promise<void> => {
    try {
      const data = isGranted() && (await instance.exportData());
      // Consent may have been withdrawn while it was read.
      if (data && isGranted()) view.showNotes(summarise(data));
      const receipt = await instance.receipt();
      if (!isStopped) view.showReceipt(receipt);
    } catch (error) {
      if (isGranted()) reportError(instance.onError, error, 'widget-failed');
    }
  };
  const refresh = (): void => {
    timer = undefined;
    view.showConsent(instance.consentState);
    void read();
  };
  const plan = (): void => {
    timer ??= setTimeout(refresh, REFRESH_MS);
  };
  const stops = [instance.on('consent', refresh), instance.on('change', plan), instance.on('ready', plan)];
  refresh();
  return {
    refresh,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      for (const undo of stops) undo();
    },
  };
}
