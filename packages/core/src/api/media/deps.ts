import type { Downloader } from '@dingware/transport'
import type * as v from 'valibot'
import type { ApiCall } from '../api-call.ts'

/** Dependencies of up- and downloads. */
export interface MediaDeps {
  /** Calls the platform, like `api.call`. */
  readonly call: <S extends v.GenericSchema>(call: ApiCall, schema: S) => Promise<v.InferOutput<S>>
  /** Fetches from addresses that are not the platform's APIs. */
  readonly downloader: Downloader
  /** Robot that files were sent to, unless a call names another. */
  readonly robotCode: () => string
}

/** Options of fetching a file by its address. */
export interface FetchOptions {
  /** Time limit for the transfer, until its last byte, in milliseconds. Default 60,000. */
  readonly timeout?: number | undefined
  /** Aborts the transfer. */
  readonly signal?: AbortSignal | undefined
  /**
   * Hosts (`files.corp.example`, with a port if it is not the default) from which files may be fetched although they
   * are not on the public internet. Configured endpoints are always allowed.
   */
  readonly trustedHosts?: readonly string[] | undefined
}
