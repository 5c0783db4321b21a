import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { NetworkError } from '../errors/errors.ts'

/** One request, as it goes out, and its limits. */
export interface Exchange {
  readonly url: URL
  readonly method: Dispatcher.HttpMethod
  readonly headers: Record<string, string>
  readonly body: string | Readable | null
  readonly dispatcher: Dispatcher
  readonly signal: AbortSignal
  /** Largest body to accept, in bytes. */
  readonly maxAnswer: number
}

/** Answer whose body is still a text. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

// Bytes that are no UTF-8 become U+FFFD: an error page in another encoding should still be told of.
const utf8 = new TextDecoder()

/**
 * Sends one request and reads the whole answer.
 *
 * Hint: `dispatch` is what `undici.request` is made of. It spares the stream that the answer would pass through, and
 * can stop reading at a limit.
 */
export function exchange({ url, dispatcher, signal, maxAnswer, ...request }: Exchange): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    let status = 0
    let headers = new Headers()
    const checkSize = (controller: Dispatcher.DispatchController, bytes: number): void => {
      if (bytes > maxAnswer) controller.abort(tooLarge(request.method, url, maxAnswer))
    }
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        const abort = (): void => controller.abort(signal.reason)
        // A request that was given up while its connection was made is still in undici's queue.
        if (signal.aborted) abort()
        else signal.addEventListener('abort', abort, { once: true })
      },
      onResponseStart(controller, statusCode, fields) {
        status = statusCode
        headers = headersOf(fields)
        checkSize(controller, Number(headers.get('content-length') ?? 0))
      },
      onResponseData(controller, chunk) {
        chunks.push(chunk)
        size += chunk.length
        checkSize(controller, size)
      },
      onResponseEnd() {
        const answer = { status, headers, text: utf8.decode(Buffer.concat(chunks)) }
        // undici lends the connection out again a turn of the event loop later. Whoever calls again at once, as a bot
        // does that gets a token and sends, would have a second one made.
        queueMicrotask(() => setImmediate(resolve, answer))
      },
      onResponseError(_controller, error) {
        reject(error)
      },
    }
    dispatcher.dispatch({ origin: url.origin, path: `${url.pathname}${url.search}`, ...request }, handler)
  })
}

function tooLarge(method: string, { origin, pathname }: URL, limit: number): NetworkError {
  const message = `The answer to ${method} ${origin}${pathname} is larger than ${limit} bytes and was not read. Ask for less at once.`
  return new NetworkError(message, { code: 'ERR_ANSWER_TOO_LARGE' })
}

/** Puts header fields as undici gives them into `Headers`. */
export function headersOf(fields: Readonly<Record<string, string | readonly string[] | undefined>>): Headers {
  const headers = new Headers()
  for (const [name, value = []] of Object.entries(fields)) {
    for (const item of typeof value === 'string' ? [value] : value) headers.append(name, item)
  }
  return headers
}
