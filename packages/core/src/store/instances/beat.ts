import * as v from 'valibot'

/** How an instance shows that it lives. */
export interface Beat {
  readonly pid: number
  readonly host: string
  /** Of which the pid is one. */
  readonly place?: string | undefined
  /** Milliseconds since the epoch. */
  readonly since: number
}

export const BeatSchema: v.GenericSchema<unknown, Beat> = v.object({
  pid: v.number(),
  host: v.string(),
  place: v.optional(v.string()),
  since: v.number(),
})
