import { isReview } from '../deliver/failure.ts'
import type { EmptyResult, StreamOutcome, StreamResult } from './options.ts'

/** The cause of a card's end. */
export type EndCause =
  | { readonly by: 'source' | 'review'; readonly notice?: undefined }
  | { readonly by: 'abort'; readonly reason: unknown; readonly notice?: undefined }
  /** @property notice put below the text. */
  | { readonly by: 'failure' | 'stop'; readonly reason: unknown; readonly notice?: string | undefined }

/** The facts that decide what people see. */
export interface ShownFacts {
  /** The refusal by the review of contents. */
  readonly review: unknown
  readonly isEmpty: boolean
  readonly hasThought: boolean
}

/** The result of a card. What people see decides: a text that was refused is refused, whatever ended the card. */
export function resultOf(
  outcome: StreamOutcome,
  cause: EndCause,
  { review, isEmpty, hasThought }: ShownFacts,
): StreamResult {
  if (isReview(review)) return { ...outcome, status: 'refused', endedBy: 'review', reason: review }
  if (cause.by === 'failure') return { ...outcome, status: 'failed', endedBy: 'source', reason: cause.reason }
  if (cause.by === 'stop') return { ...outcome, status: 'failed', endedBy: 'stop', reason: cause.reason }
  if (cause.by === 'abort') return { ...outcome, status: 'stopped', endedBy: 'abort', reason: cause.reason }
  if (isEmpty) return { ...outcome, status: 'empty', endedBy: 'source', reason: emptyReason(outcome, hasThought) }
  return { ...outcome, status: 'finished', endedBy: 'source' }
}

/** `length` of the OpenAI SDK and of the AI SDK, `max_output_tokens` of responses, `max_tokens` of others. */
const LENGTH = /length|max_?(output_?)?tokens/i

function emptyReason({ text, finishReason = '' }: StreamOutcome, hasThought: boolean): EmptyResult['reason'] {
  if (LENGTH.test(finishReason)) return 'length'
  if (hasThought) return 'reasoning'
  return text === '' ? 'nothing' : 'blank'
}
