import type { Holding } from '../../context/run.ts'
import type { Update } from '../../updates/update.ts'

/** Result of a run: `handled`, `failed` (a handler threw), or `dropped` (the bot stopped before it began). */
export type Outcome = 'handled' | 'failed' | 'dropped'

/**
 * Decision about an incoming update, as an {@link Admission} makes it: `kept` (saved), `claimed` (to be run now),
 * `running` or `done` (a duplicate), `away` (cannot be saved at present), or `refused` (too many are saved).
 */
export type Admitted =
  /**
   * Saved, and will be run here or by another instance. `handled` resolves when it has been run, if that happens here.
   */
  | { readonly state: 'kept'; readonly handled?: Promise<unknown> | undefined }
  /** To be run here and now; `settle` has to be called with the result. */
  | { readonly state: 'claimed'; readonly settle: (outcome: Outcome) => unknown }
  /** Being run, or was run, by this or another instance: a duplicate. */
  | { readonly state: 'running' | 'done' }
  /**
   * Cannot be saved at present: an event is requested again from the platform; a message is run from memory, and
   * answered when its handler has ended.
   */
  | { readonly state: 'away' }
  /** Rejected, since too many are saved already. */
  | { readonly state: 'refused' }

/**
 * Hook before updates are answered and run, which may save them or detect duplicates: an inbox, or duplicate detection
 * across processes.
 */
export interface Admission {
  /**
   * Decides about an update that is new to this process. Returns `undefined` to let it go on as usual. A promise takes
   * effect when it resolves, so keeping the order of arrival is up to this method.
   */
  readonly admit: (update: Update) => Admitted | Promise<Admitted> | undefined
  /** True if several instances of the bot are meant to share it; then a second instance is no reason for a warning. */
  readonly isShared?: boolean | undefined
  /** Called when the bot is stopping: nothing more may be begun. */
  readonly pause?: (() => void) | undefined
}

/** Settings for the run of a saved update. */
export interface KeptRun {
  /** Aborts `ctx.signal` when it aborts. */
  readonly signal?: AbortSignal | undefined
  /** Resource that is given up while the handler waits for a person. */
  readonly holding?: Holding | undefined
  /** True if no other run follows when this one fails: then `bot.catch` gets the error. */
  readonly isLast: boolean
}

/** Runs a saved update, which has been answered before. Waits for a free slot; never rejects. */
export type RunKept = (update: Update, run: KeptRun) => Promise<Outcome>
