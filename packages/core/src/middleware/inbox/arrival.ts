import type { Update } from '../../updates/update.ts'

/** Update on its way into an inbox. */
export interface Arrival {
  readonly update: Update
  /** Key for duplicate detection. */
  readonly key: string
  /** Tells this delivery from others of the same update: a repeated write has to recognise its own entry. */
  readonly nonce: string
}

/** Storage of an inbox: saves updates and runs them. */
export interface Backend {
  /** Starts to run saved updates. Never rejects: if the storage is away, it is tried again. */
  readonly start: () => Promise<void>
  /** Begins no more updates. */
  readonly pause: () => void
  /** Leaves unfinished updates to other instances. */
  readonly stop: () => Promise<void>
  /**
   * Saves updates, in this order. May be repeated with the same arrivals. Rejects with `ERR_STORE` if they were not
   * saved, with another error if that is unknown.
   */
  readonly write: (arrivals: readonly Arrival[]) => Promise<readonly Written[]>
  /** Saves an update that is being run where it came in; it is run again only if this process crashes. */
  readonly note: (arrival: Arrival) => Promise<void>
  readonly forget: (arrival: Arrival) => Promise<void>
  /** Number of saved updates that are not handled yet. */
  readonly size: () => Promise<number>
  readonly deadLetters: () => AsyncIterable<DeadLetter>
}

export type Written =
  | { readonly state: 'kept'; readonly handled?: Promise<unknown> | undefined }
  | { readonly state: 'running' | 'done' | 'refused' }

/** Update that was given up: its handler threw `maxRuns` times, or the process crashed while it ran. */
export interface DeadLetter {
  /** Id of the dead letter. */
  readonly id: string
  /** The update. */
  readonly update: Update
  /** Number of runs. */
  readonly runs: number
  /** Time at which it was given up, in milliseconds since the epoch. */
  readonly diedAt: number
  /** Puts it back into the inbox as a new update. Rejects if the store fails. */
  requeue(): Promise<void>
  /** Deletes it. Rejects if the store fails. */
  discard(): Promise<void>
}
