// In: the instance's answers and changes. Out: what the view shows of them, read anew after each change. Runs on the page.
import { reportError } from '../report-error.js';
import type { TillsideInstance } from '../tillside.js';
import { languageOf } from '../widget/language-of.js';
import { loadPrivacyStrings } from './load-privacy-strings.js';
import { createPrivacyView, type PrivacyHost, type PrivacyView, type Words } from './privacy-view.js';
import { ENGLISH } from './strings.js';
import { summarise } from './summarise.js';

/** A change is shown within it, and a burst of them once. */
const REFRESH_MS = 300;

const IN_ENGLISH: Words = { strings: ENGLISH, language: 'en' };

export interface RunningPrivacy {
  /** Looks at the host's attributes, and reads what is kept, again. */
  refresh(): void;
  stop(): void;
}

/** Runs one `<tillside-privacy>` on one instance, with and without consent. */
export function startPrivacy(host: PrivacyHost, instance: TillsideInstance): RunningPrivacy {
  /** there once its words are */
  let view: PrivacyView | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  const isGranted = (): boolean => !isStopped && instance.consentState === 'granted';
  const read = async (): Promise<void> => {
    try {
      const data = isGranted() && (await instance.exportData());
      // Consent may have been withdrawn while it was read.
      if (data && isGranted()) view?.showNotes(summarise(data));
      const receipt = await instance.receipt();
      if (!isStopped) view?.showReceipt(receipt);
    } catch (error) {
      if (isGranted()) reportError(instance.onError, error, 'widget-failed');
    }
  };
  const refresh = (): void => {
    timer = undefined;
    view?.showConsent(instance.consentState);
    if (view) void read();
  };
  const plan = (): void => {
    timer ??= setTimeout(refresh, REFRESH_MS);
  };
  const stops = [instance.on('consent', refresh), instance.on('change', plan), instance.on('ready', plan)];
  const speak = (words: Words): void => {
    if (isStopped) return;
    view = createPrivacyView(host, instance, words);
    refresh();
  };
  const language = languageOf(instance.locale);
  if (language === 'en') speak(IN_ENGLISH);
  else
    loadPrivacyStrings(language).then(
      (strings) => speak({ strings, language }),
      (error) => {
        reportError(instance.onError, error, 'widget-failed');
        speak(IN_ENGLISH);
      },
    );
  return {
    refresh,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      for (const undo of stops) undo();
    },
  };
}
