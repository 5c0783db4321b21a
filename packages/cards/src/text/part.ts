import { isRecord } from '@dingware/transport'

/** The meaning of one chunk of a model's stream. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  /** A step of an agent ended. */
  | { readonly kind: 'step' }
  /** The model says why it ended, in its own word. */
  | { readonly kind: 'finish'; readonly reason: string }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'other'; readonly part: Readonly<Record<string, unknown>> }

const STEPS: ReadonlySet<unknown> = new Set(['finish-step', 'step-finish', 'response.output_text.done'])
const TEXTS: ReadonlySet<unknown> = new Set([
  'text-delta',
  'text',
  'response.output_text.delta',
  'response.refusal.delta',
])
const REASONING: ReadonlySet<unknown> = new Set([
  'reasoning-delta',
  'reasoning',
  'response.reasoning_text.delta',
  'response.reasoning_summary_text.delta',
])

/**
 * Reads a chunk: a string; a chunk of the OpenAI SDK (chat completions, with `reasoning_content` as DeepSeek and Qwen
 * have it, or `reasoning` as OpenRouter and vLLM do, and responses); a part of the AI SDK's `fullStream` in all its spellings.
 */
export function partsOf(chunk: unknown): readonly Part[] {
  if (typeof chunk === 'string') return [{ kind: 'text', text: chunk }]
  if (!isRecord(chunk)) return []
  if (Array.isArray(chunk.choices)) return chunk.choices.slice(0, 1).flatMap(partsOfChoice)
  return [partOfEvent(chunk), ...finishOf(chunk)]
}

/** Of the AI SDK (`finishReason`, in newer ones an object), of responses that are incomplete, and of message deltas. */
function finishOf({ finishReason, response, delta }: Readonly<Record<string, unknown>>): Part[] {
  const unified = isRecord(finishReason) ? finishReason.unified : finishReason
  const details = isRecord(response) && isRecord(response.incomplete_details) ? response.incomplete_details : {}
  return finished(unified ?? details.reason ?? (isRecord(delta) ? delta.stop_reason : undefined))
}

function finished(reason: unknown): Part[] {
  return typeof reason === 'string' && reason !== '' ? [{ kind: 'finish', reason }] : []
}

function partsOfChoice(choice: unknown): Part[] {
  const delta = isRecord(choice) && isRecord(choice.delta) ? choice.delta : {}
  const { reasoning_content: thought, tool_calls: toolCalls } = delta
  // A model that declines says so elsewhere, and people are to read it.
  const content = delta.content || delta.refusal
  const reasoning = thought ?? delta.reasoning
  return [
    ...(typeof reasoning === 'string' && reasoning ? [{ kind: 'reasoning', text: reasoning } as const] : []),
    ...(typeof content === 'string' && content ? [{ kind: 'text', text: content } as const] : []),
    ...(Array.isArray(toolCalls)
      ? [{ kind: 'other', part: { type: 'tool_calls', tool_calls: toolCalls } } as const]
      : []),
    ...finished(isRecord(choice) ? choice.finish_reason : undefined),
  ]
}

function partOfEvent(part: Readonly<Record<string, unknown>>): Part {
  const { type } = part
  if (TEXTS.has(type)) return { kind: 'text', text: textIn(part) }
  if (REASONING.has(type)) return { kind: 'reasoning', text: textIn(part) }
  if (STEPS.has(type)) return { kind: 'step' }
  if (type === 'error') return { kind: 'error', error: part.error ?? errorOf(part) }
  if (type === 'response.failed')
    return { kind: 'error', error: errorOf(isRecord(part.response) && part.response.error) }
  return { kind: 'other', part }
}

function errorOf(told: unknown): Error {
  return new Error(
    isRecord(told) && typeof told.message === 'string' ? told.message : 'The model failed, and said no more.',
  )
}

/** The AI SDK has called it `textDelta`, `delta` and `text`. */
function textIn({ text, delta, textDelta }: Readonly<Record<string, unknown>>): string {
  for (const value of [text, delta, textDelta]) if (typeof value === 'string') return value
  return ''
}
