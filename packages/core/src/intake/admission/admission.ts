import type { Holding } from '../../context/run.ts'
import type { Update } from '../../updates/update.ts'

/** How a run ended. `dropped`: the bot stopped before it began. */
export type Outcome = 'handled' | 'failed' | 'dropped'

/** What an admission says of an update. */
export type Admitted =
  /** It is kept safe and will be run, here or elsewhere. `handled` resolves when that has happened, if it happens here. */
  | { readonly state: 'kept'; readonly handled?: Promise<unknown> | undefined }
  /** It is to be run here and now; `settle` wants to know how that went. */
  | { readonly state: 'claimed'; readonly settle: (outcome: Outcome) => unknown }
  /** Somebody runs it, or has run it. */
  | { readonly state: 'running' | 'done' }
  /** It cannot be kept: an event is asked for again, a message is run from memory and answered when it has ended. */
  | { readonly state: 'away' }
  /** Too much is kept already. */
  | { readonly state: 'refused' }

/** What updates pass before they are answered and run: an inbox, or a memory that several processes share. */
export interface Admission {
  /**
   * Looks at an update that this process has not seen before. `undefined`: it goes on as if there were no admission.
   *
   * Hint: what a promise resolves to takes effect when it does, so that the order of arrival is the admission's to keep.
   */
  readonly admit: (update: Update) => Admitted | Promise<Admitted> | undefined
  /** Whether several instances of the bot are meant to share it. */
  readonly isShared?: boolean | undefined
  /** The bot is stopping: nothing more is to be begun. */
  readonly pause?: (() => void) | undefined
}

/** What is said about the run of an update that was kept. */
export interface KeptRun {
  /** Aborts `ctx.signal`. */
  readonly signal?: AbortSignal | undefined
  /** Let go while the handler waits for a person. */
  readonly holding?: Holding | undefined
  /** Whether there will be no other run when this one fails: then `bot.catch` is told. */
  readonly isLast: boolean
}

/** Runs an update that was kept: it has been answered. Waits for room; never rejects. */
export type RunKept = (update: Update, run: KeptRun) => Promise<Outcome>
