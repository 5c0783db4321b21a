import type { Downloader } from '@dingware/transport'
import type * as v from 'valibot'
import type { ApiCall } from '../api-call.ts'

/** What moving files needs. */
export interface MediaDeps {
  /** Calls the platform, as `api.call` does. */
  readonly call: <S extends v.GenericSchema>(call: ApiCall, schema: S) => Promise<v.InferOutput<S>>
  /** Fetches what lies at addresses that come from elsewhere. */
  readonly downloader: Downloader
  /** The robot that files were sent to, where a call does not name it. */
  readonly robotCode: () => string
}

/** How to fetch from an address. */
export interface FetchOptions {
  /** Milliseconds for the file itself, until its last byte is read or sent. Default 60,000. */
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
  /**
   * Hosts (`files.corp.example`, or with a port that is not the usual one) that files may be fetched from although their
   * address is not on the public internet. The configured endpoints are trusted anyway.
   */
  readonly trustedHosts?: readonly string[] | undefined
}
