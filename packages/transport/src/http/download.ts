import type { ReadableStream } from 'node:stream/web'
import { ApiError, DingTalkError, NetworkError } from '../errors/errors.ts'
import type { Network } from '../network/network.ts'
import { networkErrorOf } from '../network/network-error.ts'
import { withDeadline } from '../utils/deadline.ts'
import { createDeferred } from '../utils/deferred.ts'
import { parseUrl } from '../utils/parse-url.ts'
import { type StreamedAnswer, stream, tooLarge } from './stream.ts'

/** File to open, and how much of it and how long at most. */
export interface FileRequest {
  /** Address, `http:` or `https:`; that of a file is signed and good for a short time. */
  readonly url: string | URL
  /** Sent to the first host only: not to another that it redirects to. Default: none but `Accept` and `User-Agent`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Largest file to accept, in bytes. Default 20 MiB. */
  readonly maxSize?: number | undefined
  /** Milliseconds until the last byte is read. Default 60,000. */
  readonly timeout?: number | undefined
  /** Gives the download up when it aborts, also while the body is read. */
  readonly signal?: AbortSignal | undefined
  /** Hosts that may be reached whatever their address is, besides the downloader's own: `host`, or `host:port`. */
  readonly trustedHosts?: readonly string[] | undefined
}

/**
 * File whose body has not been read yet. Read it or cancel it: until then, or until the timeout, a connection is busy.
 *
 * @example
 * const { body } = await downloader.open({ url })
 * await pipeline(Readable.fromWeb(body), createWriteStream('photo.jpg'))
 */
export interface OpenFile {
  /** Header fields of the server's answer. */
  readonly headers: Headers
  /** Bytes, where the server says how many. */
  readonly size: number | undefined
  /** Bytes of the file, read from the network only as fast as they are read here. */
  readonly body: ReadableStream<Uint8Array>
}

/** Client that fetches files from addresses that come from elsewhere, such as those of the platform's answers. */
export interface Downloader {
  /**
   * Opens a file anywhere on the public internet. Follows up to five redirects; every host on the way must have a
   * public address when it is connected to. (Through a proxy, which looks names up itself, only hosts written as
   * addresses are checked.) Carries no credentials and repeats nothing.
   *
   * @throws ApiError when the server refuses; NetworkError when it is not reached (`ERR_ADDRESS_NOT_PUBLIC` when it
   *   must not be) or the file is too large (`ERR_FILE_TOO_LARGE`); TimeoutError; the signal's reason. The body, too,
   *   errors with the last three. DingTalkError (`ERR_INVALID_URL`) for an address that cannot be called.
   */
  readonly open: (request: FileRequest) => Promise<OpenFile>
}

/** Settings of a {@link Downloader}. */
export interface DownloaderOptions {
  /** Pools to fetch through. The downloader does not close them. */
  readonly network: Network
  /** `User-Agent` of every request, in printable ASCII. Default: none. */
  readonly ua?: string | undefined
  /** Hosts that may be reached whatever their address is, such as those of the configured endpoints. */
  readonly trustedHosts?: readonly string[] | undefined
}

const MAX_REDIRECTS = 5
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Creates a client that fetches files from addresses that come from elsewhere, and lets none of them reach into the
 * network of the bot.
 *
 * @example
 * const downloader = createDownloader({ network: createNetwork(), ua: 'my-bot/1.0' })
 * const file = await downloader.open({ url, maxSize: 1024 * 1024 })
 * const bytes = await arrayBuffer(file.body) // of node:stream/consumers
 */
export function createDownloader({ network, ua, trustedHosts = [] }: DownloaderOptions): Downloader {
  const defaults = { accept: '*/*', ...(ua ? { 'user-agent': ua } : {}) }

  const hop = async (url: URL, own: FileRequest['headers'], request: Hop): Promise<StreamedAnswer> => {
    const { maxSize } = request
    const secrets = secretsOf(url, own)
    const reach = request.trusted.has(url.host) ? 'any' : 'public'
    const dispatcher = network.dispatcherFor(url, reach)
    try {
      return await stream({
        ...request,
        url,
        headers: { ...defaults, ...own },
        dispatcher: await dispatcher,
        maxSize,
        secrets,
      })
    } catch (error) {
      if (request.signal.aborted) throw request.signal.reason
      throw networkErrorOf(`The file at ${url.origin} was not fetched`, error, secrets)
    }
  }

  const follow = async (start: URL, headers: FileRequest['headers'], request: Hop): Promise<StreamedAnswer> => {
    let url = start
    let own = headers
    for (let redirects = 0; ; redirects++) {
      const answer = await hop(url, own, request)
      const location = REDIRECTS.has(answer.status) ? answer.headers.get('location') : null
      const problem = location === null ? problemOf(answer, url, request.maxSize) : undefined
      if (location === null && !problem) return answer
      await answer.body.cancel()
      if (problem) throw problem
      if (redirects === MAX_REDIRECTS) throw tooManyRedirects(start)
      const next = fileUrlOf(location ?? '', url)
      if (next.origin !== url.origin) own = undefined
      url = next
    }
  }

  return {
    async open({ url, headers, maxSize = 20 * 1024 * 1024, timeout = 60_000, signal, trustedHosts: more = [] }) {
      const start = fileUrlOf(url)
      const trusted = new Set([...trustedHosts, ...more].map(host => host.toLowerCase()))
      const opened = createDeferred<OpenFile>()
      // The deadline runs on beside the caller until the body has ended.
      withDeadline(`The download from ${start.origin}`, timeout, signal, async signal => {
        const answer = await follow(start, headers, { maxSize, trusted, signal })
        opened.resolve(answer)
        await answer.ended
      }).catch(opened.reject)
      return opened.promise
    },
  }
}

interface Hop {
  readonly maxSize: number
  readonly trusted: ReadonlySet<string>
  readonly signal: AbortSignal
}

/** Checks an address that comes from elsewhere: one of the platform's answers, a redirect. */
function fileUrlOf(address: string | URL, base?: URL): URL {
  const url = parseUrl(String(address), base?.href)
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url
  // The rest of it may be a secret, so no more is told.
  const scheme = url ? ` (${url.protocol}//…)` : ''
  const source = base ? `The address that ${base.origin} redirects to` : 'The address of the file'
  const message = `${source} cannot be called${scheme}: it must be http:// or https://, a host, and no user name.`
  throw new DingTalkError(message, { code: 'ERR_INVALID_URL' })
}

function problemOf({ status, size }: StreamedAnswer, url: URL, maxSize: number): DingTalkError | undefined {
  if (status < 200 || status >= 300) {
    const message = `The file at ${url.origin} was refused with HTTP ${status}. Addresses of files are signed and good for a short time: ask for a new one, and fetch it at once.`
    return new ApiError(message, { status, code: `HTTP_${status}`, call: { method: 'GET', url: url.origin } })
  }
  return size !== undefined && size > maxSize ? tooLarge(url, maxSize, size) : undefined
}

function tooManyRedirects({ origin }: URL): NetworkError {
  const message = `The file at ${origin} was not fetched: more than ${MAX_REDIRECTS} redirects, which is usually a circle. Open the address in a browser to see where it leads.`
  return new NetworkError(message, { code: 'ERR_TOO_MANY_REDIRECTS' })
}

/** Lists the texts to mask: any parameter of a signed address may be its signature. */
function secretsOf({ search, searchParams }: URL, headers: FileRequest['headers'] = {}): string[] {
  return [search, ...searchParams.values(), ...Object.values(headers)].filter(text => text !== '')
}
