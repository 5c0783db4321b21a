import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web'
import type { Dispatcher } from 'undici'
import { type DingTalkError, NetworkError, TimeoutError } from '../errors/errors.ts'
import { networkErrorOf } from '../network/network-error.ts'
import { createDeferred } from '../utils/deferred.ts'
import { headersOf } from './exchange.ts'

/** GET whose answer is read as a stream. */
export interface StreamRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly dispatcher: Dispatcher
  /** Ends the exchange, also while its body is read. */
  readonly signal: AbortSignal
  /** Largest body to accept, in bytes. */
  readonly maxSize: number
  /** Texts to mask in errors. */
  readonly secrets: readonly string[]
}

/** Answer whose body has not been read yet. */
export interface StreamedAnswer {
  readonly status: number
  readonly headers: Headers
  /** Bytes, where the answer says how many. */
  readonly size: number | undefined
  /** Is read from the network as it is read here, and errors with a DingTalkError or the signal's reason. */
  readonly body: ReadableStream<Uint8Array>
  /** Resolves when nothing more comes: at the end, after a failure, and when the body was cancelled. */
  readonly ended: Promise<void>
}

/** Sends a GET. Resolves when the answer begins; its body follows as a stream that is never ahead of its reader. */
export function stream({ url, dispatcher, signal, ...request }: StreamRequest): Promise<StreamedAnswer> {
  const ended = createDeferred()
  return new Promise((resolve, reject) => {
    let sink: Sink | undefined
    let size: number | undefined
    let read = 0
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        const abort = (): void => controller.abort(signal.reason)
        if (signal.aborted) abort()
        else signal.addEventListener('abort', abort, { once: true })
      },
      onResponseStart(controller, status, fields) {
        // 103 and its like go before the answer.
        if (status < 200) return
        const headers = headersOf(fields)
        size = sizeOf(headers)
        const body = bodyOf(controller, opened => {
          sink = opened
        })
        resolve({ status, headers, size, body, ended: ended.promise })
      },
      onResponseData(controller, chunk) {
        // Empty chunks come from undici on resuming where nothing has come yet. Passed on, they would make a reader
        // ask again at once, over and over, and nothing else would get its turn.
        if (chunk.length === 0) return
        read += chunk.length
        if (read > request.maxSize) return controller.abort(tooLarge(url, request.maxSize))
        sink?.enqueue(chunk)
        if ((sink?.desiredSize ?? 0) <= 0) controller.pause()
      },
      onResponseEnd() {
        sink?.close()
        ended.resolve()
      },
      onResponseError(_controller, error) {
        if (sink) sink.error(breakOf(error, { url, signal, read, size, secrets: request.secrets }))
        else reject(error)
        ended.resolve()
      },
    }
    const target = { origin: url.origin, path: `${url.pathname}${url.search}`, headers: request.headers }
    dispatcher.dispatch({ ...target, method: 'GET' }, handler)
  })
}

type Sink = ReadableStreamDefaultController<Uint8Array>

/** A body that lets the network go on only while somebody waits for more of it. */
function bodyOf(controller: Dispatcher.DispatchController, onStart: (sink: Sink) => void): ReadableStream<Uint8Array> {
  controller.pause()
  return new ReadableStream<Uint8Array>(
    {
      start: onStart,
      pull: () => controller.resume(),
      cancel: () => controller.abort(new Error('the answer is not wanted any more')),
    },
    { highWaterMark: 0 },
  )
}

/** Makes the error of a file beyond the limit. Its address is signed, so no more than the host is told. */
export function tooLarge({ origin }: URL, maxSize: number, size?: number): NetworkError {
  const actual = size === undefined ? '' : ` (it has ${size})`
  const message = `The file at ${origin} is larger than ${maxSize} bytes${actual} and was not read to its end. Allow more with \`maxSize\`.`
  return new NetworkError(message, { code: 'ERR_FILE_TOO_LARGE' })
}

interface Break extends Pick<StreamRequest, 'url' | 'signal' | 'secrets'> {
  readonly read: number
  readonly size: number | undefined
}

/** Makes the error of a body that ends before its end. */
function breakOf(error: Error, { url, signal, secrets, read, size }: Break): unknown {
  const place = `${read} of ${size ?? 'an unknown number of'} bytes`
  if (signal.reason instanceof TimeoutError) {
    const message = `The download from ${url.origin} was given up after ${place}: its time was over. Allow more with \`timeout\`.`
    return new TimeoutError(message, { code: 'ERR_TIMEOUT' })
  }
  if (signal.aborted) return signal.reason
  const failure: DingTalkError = networkErrorOf(
    `The download from ${url.origin} broke off after ${place}`,
    error,
    secrets,
  )
  return failure
}

function sizeOf(headers: Headers): number | undefined {
  const value = headers.get('content-length')
  return value !== null && /^\d+$/.test(value) ? Number(value) : undefined
}
