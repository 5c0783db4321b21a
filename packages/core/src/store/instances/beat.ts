import * as v from 'valibot'

/** Sign of life of one instance, as it is kept in the store. */
export interface Beat {
  readonly pid: number
  readonly host: string
  /** Process namespace that the pid belongs to (`place.ts`). */
  readonly place?: string | undefined
  /** Start of the instance, in milliseconds since the epoch. */
  readonly since: number
}

export const BeatSchema: v.GenericSchema<unknown, Beat> = v.object({
  pid: v.number(),
  host: v.string(),
  place: v.optional(v.string()),
  since: v.number(),
})
