import { harmlessly } from '@dingware/transport'
/**
 * Where a text comes from piece by piece: anything that gives strings, bytes, chunks of the OpenAI SDK, or parts of the
 * AI SDK (`textStream`, `fullStream`). A string is one piece.
 *
 * @example
 * const { textStream } = streamText({ model, prompt: ctx.text })
 * await ctx.aiCard().stream(textStream)
 *
 * Not the result of `streamText` itself: that gives no pieces, and is a TypeError.
 */
export type TextSource = AsyncIterable<unknown> | Iterable<unknown> | ReadableStream<unknown>

/** One way to read all of them. */
export interface Puller {
  readonly next: () => Promise<IteratorResult<unknown>>
  /** Tells the source that nobody listens any more. Throws nothing, for how the source takes that is its own business, and is not waited for: one that hangs would hang here. */
  readonly stop: () => void
}

/** @throws TypeError for what gives nothing piece by piece. */
export function pullerOf(source: TextSource): Puller {
  if (typeof source === 'string') return fromIterator([source][Symbol.iterator]())
  if (source instanceof ReadableStream) return fromReader(source)
  if (Symbol.asyncIterator in source) return fromIterator(source[Symbol.asyncIterator]())
  if (Symbol.iterator in source) return fromIterator(source[Symbol.iterator]())
  throw new TypeError(
    'aiCard().stream() got something that gives no pieces of text. Give it an async iterable, an iterable or a ReadableStream; with the AI SDK `result.textStream` or `result.fullStream`, not the result itself.',
  )
}

function fromIterator(iterator: AsyncIterator<unknown> | Iterator<unknown>): Puller {
  return {
    // In a promise's chain, so that what a sync iterator throws becomes a rejection.
    next: async () => iterator.next(),
    stop: () => harmlessly(() => iterator.return?.()),
  }
}

/** A reader, and not the stream's own iterator: that one waits for a pending read before it cancels. */
function fromReader(stream: ReadableStream<unknown>): Puller {
  const reader = stream.getReader()
  return {
    async next() {
      const { done, value } = await reader.read()
      return done ? { done, value: undefined } : { done, value }
    },
    stop: () => harmlessly(() => reader.cancel()),
  }
}
