// The stream socket

export { type AnsweringOptions, answering } from './client/answering.ts'
export type { BackoffOptions } from './client/backoff.ts'
export { credentialOf, DEFAULT_ENDPOINT, type StreamClientOptions } from './client/options.ts'
export type { ConnectionState, StreamClient, StreamStats } from './client/stream-client.ts'
export { createStreamClient } from './client/stream-client.ts'
export type { WakeOptions } from './client/wake.ts'
export { createDeferred, type Deferred } from './deferred/deferred.ts'
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
export { type Ack, type Frame, type FrameHeaders, later } from './frame/frame.ts'
export type { StreamFrame } from './frame/stream-frame.ts'
export type { Subscription } from './gateway/gateway.ts'
// The HTTP client
export {
  createDownloader,
  type Downloader,
  type DownloaderOptions,
  type FileRequest,
  type OpenFile,
} from './http/download.ts'
export {
  createHttpClient,
  type HttpAnswer,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
} from './http/http.ts'
export type { Form, FormFile } from './http/multipart.ts'
export type { HeartbeatOptions } from './link/heartbeat.ts'
export { createLogger, type LogFields, type Logger } from './log/logger.ts'
export { createNetwork, type Network, type NetworkOptions, type Reach, type TlsOptions } from './network/network.ts'

// Parts that core builds on
export { createWorkQueue, type Slot, type Work, type WorkQueue, type WorkQueueOptions } from './queue/work-queue.ts'
export { redact } from './redact/redact.ts'
export { version } from './version.ts'
