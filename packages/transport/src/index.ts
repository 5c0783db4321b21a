// The stream socket
export {
  type ConnectionState,
  createStreamClient,
  type StreamClient,
  type StreamStats,
} from './client/stream-client.ts'
export { credentialOf, DEFAULT_ENDPOINT, type StreamClientOptions } from './client/options.ts'
export { type AnsweringOptions, answering } from './client/answering.ts'
export type { StreamFrame } from './frame/stream-frame.ts'
export { type Ack, constantAck, type Frame, type FrameHeaders, later } from './frame/frame.ts'
export type { Subscription } from './gateway/gateway.ts'
export type { BackoffOptions } from './client/backoff.ts'
export type { HeartbeatOptions } from './link/heartbeat.ts'
export type { DeflateOptions, SocketOptions } from './link/socket-options.ts'
export type { WakeOptions } from './client/wake.ts'

// The HTTP client
export { createHttpClient, type HttpClient, type HttpClientOptions, type HttpRequest } from './http/http.ts'
export type { HttpAnswer } from './http/http-answer.ts'
export {
  createDownloader,
  type Downloader,
  type DownloaderOptions,
  type FileRequest,
  type OpenFile,
} from './http/download.ts'
export type { Form, FormFile } from './http/multipart.ts'
export { createNetwork, type Network, type NetworkOptions, type TlsOptions } from './network/network.ts'
export type { Reach } from './network/public-only.ts'

// Errors and logs
export {
  ApiError,
  type CallInfo,
  DingTalkError,
  type DingTalkErrorOptions,
  GatewayError,
  NetworkError,
  TimeoutError,
} from './errors/errors.ts'
export { createLogger, type LogFields, type Logger } from './log/logger.ts'
export { logThrown } from './log/log-thrown.ts'
export { redact } from './redact/redact.ts'
export { redactFields, redactValue } from './redact/redact-value.ts'
export { messageOf, thrownFields, thrownFrames, thrownText } from './redact/thrown-text.ts'

// Parts that core builds on
export { checkOptions } from './options/check-options.ts'
export { parseUrl } from './utils/parse-url.ts'
export { isThenable } from './utils/is-thenable.ts'
export { kindOf } from './options/kind-of.ts'
export { type Rule, type RuleKit, type Rules, rule } from './options/rules.ts'
export { SHARED_RULES, type SharedOptions } from './client/options.ts'
export {
  createItemQueue,
  createWorkQueue,
  type ItemRunner,
  QUEUE_RULES,
  type Work,
  type WorkQueue,
  type WorkQueueOptions,
} from './queue/work-queue.ts'
export { createFifo, type Fifo } from './queue/fifo.ts'
export type { Slot } from './queue/slots.ts'
export { addBounded, forgetOldest, setBounded } from './utils/bounded.ts'
export { createDeferred, type Deferred } from './utils/deferred.ts'
export { harmlessly } from './utils/harmlessly.ts'
export { isRecord } from './utils/is-record.ts'
export { LONGEST_TIMER } from './utils/longest-timer.ts'
export { version } from './version.ts'
