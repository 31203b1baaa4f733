/** Writes numbers, times and sizes in the reader's way. A locale that the browser does not know falls back to its own. */
export interface Formats {
  number(value: number): string;
  /** 45 sec, 3 min, 1.5 hr */
  duration(ms: number): string;
  /** 22 Nov 2026 */
  date(at: number): string;
  /** 22 Nov, 14:05 */
  time(at: number): string;
  bytes(bytes: number): string;
  days(days: number): string;
  /** months from 60 days on */
  span(days: number): string;
}

/** @param locale BCP 47 */
export function createFormats(locale: string | undefined): Formats {
  const language = isKnown(locale) ? locale : undefined;
  const unit = (name: string, value: number, digits = 0, unitDisplay: 'short' | 'long' = 'short'): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: digits }).format(value);
  const days = (count: number): string => unit('day', count, 0, 'long');
  return {
    number: (value) => new Intl.NumberFormat(language).format(value),
    duration(ms) {
      const seconds = ms / 1000;
      if (seconds < 60) return unit('second', Math.round(seconds));
      return seconds < 3_600 ? unit('minute', Math.round(seconds / 60)) : unit('hour', seconds / 3_600, 1);
    },
    date: (at) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at),
    time: (at) => new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at),
    bytes: (bytes) => (bytes < 1_000 ? unit('byte', bytes, 0, 'long') : unit('kilobyte', bytes / 1_000, bytes < 10_000 ? 1 : 0)),
    days,
    span: (count) => (count < 60 ? days(count) : unit('month', Math.round(count / 30.44), 0, 'long')),
  };
}

function isKnown(locale: string | undefined): boolean {
  try {
    return !!locale && Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false; // no language tag at all
  }
}
