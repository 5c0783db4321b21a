import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'

/** Milliseconds. Nobody records for a shorter time, and neither voice notes nor clips reach 1,000 seconds. */
const SHORTEST = 1_000

/**
 * How long something lasts, in milliseconds. Clients send seconds (`"5"`, developerpedia) or milliseconds (`4000`,
 * receive-message), as a number or as text, and do not say which: what is below 1,000 is taken for seconds.
 *
 * @example durationOf('5') // 5000
 */
export function durationOf(value: unknown): number | undefined {
  const duration = v.parse(lenient.number, value)
  if (duration === undefined || !Number.isFinite(duration) || duration < 0) return undefined
  return Math.round(duration < SHORTEST ? duration * 1_000 : duration)
}
