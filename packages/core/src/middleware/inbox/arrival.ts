import type { Update } from '../../updates/update.ts'

/** An update on its way into an inbox. */
export interface Arrival {
  readonly update: Update
  /** By which it is recognised when it comes again. */
  readonly key: string
  /** Told apart by this from another delivery of the same: a write that is repeated must know its own. */
  readonly nonce: string
}

/** What an inbox is made of: where it keeps updates, and how it gets at them. */
export interface Backend {
  /** Begins to run what is kept. Never rejects: what is not reachable now is later. */
  readonly start: () => Promise<void>
  /** Begins nothing more. */
  readonly pause: () => void
  /** Leaves to others what has not ended. */
  readonly stop: () => Promise<void>
  /**
   * Writes them down, in this order. May be repeated with the same arrivals. Rejects with `ERR_STORE` when they were not
   * written, with anything else when that is not known.
   */
  readonly write: (arrivals: readonly Arrival[]) => Promise<readonly Written[]>
  /** Notes an update that is being run where it came in, to be run again only if this process does not live to see its end. */
  readonly note: (arrival: Arrival) => Promise<void>
  readonly forget: (arrival: Arrival) => Promise<void>
  /** How many are kept that have not been handled. */
  readonly size: () => Promise<number>
  readonly deadLetters: () => AsyncIterable<DeadLetter>
}

export type Written =
  | { readonly state: 'kept'; readonly handled?: Promise<unknown> | undefined }
  | { readonly state: 'running' | 'done' | 'refused' }

/** An update that was given up. */
export interface DeadLetter {
  readonly id: string
  readonly update: Update
  /** How often its handling was begun. */
  readonly runs: number
  /** Milliseconds since the epoch. */
  readonly diedAt: number
  /** Puts it back into the inbox, as new. */
  requeue(): Promise<void>
  /** Forgets it. */
  discard(): Promise<void>
}
