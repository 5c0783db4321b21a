import type { AckPolicy } from '../updates/answer/ack-policy.ts'
import type { Exchange } from '../updates/answer/exchange.ts'
import type { Update } from '../updates/update.ts'
import type { KeptRun, Outcome } from './admission/admission.ts'

/** Update on its way through the intake. */
export interface Task<E> {
  readonly update: Update
  /** Key for duplicate detection. */
  readonly key: string | undefined
  readonly policy: AckPolicy
  readonly exchange: Exchange
  /** Called when it is settled. */
  readonly done: (error: E | undefined) => void
  /** Reports the result to the admission that let it in. */
  readonly settle?: ((outcome: Outcome) => unknown) | undefined
  /** Present if an admission has saved the update. */
  readonly kept?: KeptRun | undefined
}
