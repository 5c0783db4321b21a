import { isReview } from '../deliver/failure.ts'
import type { EmptyResult, StreamOutcome, StreamResult } from './options.ts'

/** What ended a card. */
export type Ending =
  | { readonly by: 'source' | 'review'; readonly notice?: undefined }
  | { readonly by: 'abort'; readonly reason: unknown; readonly notice?: undefined }
  /** @property notice put below the text. */
  | { readonly by: 'failure' | 'stop'; readonly reason: unknown; readonly notice?: string | undefined }

/** What a source has told besides text. */
export interface Heard {
  hasThought: boolean
  /** In the model's own word. */
  finishReason: string | undefined
}

export interface Seen {
  /** What the review of contents has refused with. */
  readonly review: unknown
  readonly isEmpty: boolean
  readonly hasThought: boolean
}

/** What became of a card. What people see decides: a text that was refused is refused, whatever ended the card. */
export function resultOf(outcome: StreamOutcome, ending: Ending, { review, isEmpty, hasThought }: Seen): StreamResult {
  if (isReview(review)) return { ...outcome, status: 'refused', endedBy: 'review', reason: review }
  if (ending.by === 'failure') return { ...outcome, status: 'failed', endedBy: 'source', reason: ending.reason }
  if (ending.by === 'stop') return { ...outcome, status: 'failed', endedBy: 'stop', reason: ending.reason }
  if (ending.by === 'abort') return { ...outcome, status: 'stopped', endedBy: 'abort', reason: ending.reason }
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
