import type { AckPolicy } from '../ack/ack-policy.ts'
import type { KeptRun, Outcome } from '../admission/admission.ts'
import type { Update } from '../update/update.ts'
import type { Exchange } from './exchange.ts'

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
