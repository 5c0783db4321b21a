import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'

/** Limit in milliseconds: no recording is shorter, and neither voice notes nor clips last 1,000 seconds. */
const SHORTEST = 1_000

/**
 * Converts a duration to milliseconds. Clients send seconds (`"5"`, developerpedia) or milliseconds (`4000`,
 * receive-message), as number or text, without the unit: a value below 1,000 counts as seconds.
 *
 * @example durationOf('5') // 5000
 */
export function durationOf(value: unknown): number | undefined {
  const duration = v.parse(lenient.number, value)
  if (duration === undefined || !Number.isFinite(duration) || duration < 0) return undefined
  return Math.round(duration < SHORTEST ? duration * 1_000 : duration)
}
