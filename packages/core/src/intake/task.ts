import type { AckPolicy } from '../updates/answer/ack-policy.ts'
import type { Exchange } from '../updates/answer/exchange.ts'
import type { Update } from '../updates/update.ts'
import type { KeptRun, Outcome } from './admission/admission.ts'

/** An update on its way through the intake. */
export interface Task<E> {
  readonly update: Update
  /** By which it is recognised when it comes again. */
  readonly key: string | undefined
  readonly policy: AckPolicy
  readonly exchange: Exchange
  /** Says that it is dealt with. */
  readonly done: (error: E | undefined) => void
  /** Tells the admission that let it in how it ended. */
  readonly settle?: ((outcome: Outcome) => unknown) | undefined
  /** Set for what an admission has kept. */
  readonly kept?: KeptRun | undefined
}
