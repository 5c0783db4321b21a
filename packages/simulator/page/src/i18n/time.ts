/** Formats a time as short as it stays clear at `now`: the clock for today, else the day with it. */
export function shortTime(at: number, now: number, locale: string): string {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  if (sameDay(at, now)) return format(locale, clock, at)
  const day = { month: 'short', day: 'numeric' } as const
  if (new Date(at).getFullYear() === new Date(now).getFullYear()) return format(locale, { ...day, ...clock }, at)
  return format(locale, { year: 'numeric', ...day, ...clock }, at)
}

/** Formats a time to the second, for tooltips. */
export function fullTime(at: number, locale: string): string {
  return format(locale, { dateStyle: 'long', timeStyle: 'medium' }, at)
}

// A time that is none (a server that sends a text, or NaN) must not take the page down: `Intl` throws on it.
function format(locale: string, options: Intl.DateTimeFormatOptions, at: number): string {
  return Number.isFinite(at) ? formatter(locale, options).format(at) : ''
}

const formatters = new Map<string, Intl.DateTimeFormat>()

// To make one takes a millisecond, and each message that scrolls into view shows two times. There are four of a language.
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formatters.set(key, made)
  return made
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}
