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
  const unit = (name: string, value: number, more: Intl.NumberFormatOptions = {}): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, maximumFractionDigits: 0, ...more }).format(value);
  const days = (count: number): string => unit('day', count, { unitDisplay: 'long' });
  return {
    number: (value) => new Intl.NumberFormat(language).format(value),
    duration(ms) {
      const seconds = ms / 1000;
      if (seconds < 60) return unit('second', seconds);
      return seconds < 3_600 ? unit('minute', seconds / 60) : unit('hour', seconds / 3_600, { maximumFractionDigits: 1 });
    },
    date: (at) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at),
    time: (at) =>
      new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at),
    bytes(bytes) {
      if (bytes < 1_000) return unit('byte', bytes, { unitDisplay: 'long' });
      return unit('kilobyte', bytes / 1_000, { maximumFractionDigits: bytes < 10_000 ? 1 : 0 });
    },
    days,
    span: (count) => (count < 60 ? days(count) : unit('month', count / 30.44, { unitDisplay: 'long' })),
  };
}

function isKnown(locale: string | undefined): boolean {
  try {
    return !!locale && Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false; // no language tag at all
  }
}
