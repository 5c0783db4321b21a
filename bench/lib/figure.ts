import { type Summary, summarize } from './statistics.ts'

/** One thing that was measured of several who are compared. */
export interface Figure {
  readonly name: string
  readonly unit: string
  /** Digits behind the point. Default 0. */
  readonly digits?: number
  /** Whether more is better. Default false. */
  readonly isMoreBetter?: boolean
  /** By contender; the last one is dingware. */
  readonly values: Readonly<Record<string, Summary>>
}

/** A figure whose value is the same each time. */
export function fixed(value: number): Summary {
  return summarize([value])
}
