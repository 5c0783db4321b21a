import { credentialOf, DEFAULT_ENDPOINT, type StreamClientOptions } from '@dingware/transport'
import type { ApiSettings } from '../api/api.ts'

type TransportOptions = Pick<
  StreamClientOptions,
  | 'clientId'
  | 'clientSecret'
  | 'endpoint'
  | 'connections'
  | 'rotateAfter'
  | 'heartbeat'
  | 'reconnect'
  | 'proxy'
  | 'tls'
  | 'ws'
  | 'maxPayload'
  | 'ua'
  | 'logger'
>

export interface BotOptions extends TransportOptions {
  /** Base address of the old API. Default: `DINGTALK_OAPI_ENDPOINT`, else `https://oapi.dingtalk.com`. */
  readonly oapiEndpoint?: string | undefined
  /** The robot to act as. Default: the clientId, which is the robotCode of an internal app. */
  readonly robotCode?: string | undefined
  /** Stream topics to subscribe besides those of the mounted queries. */
  readonly topics?: readonly string[] | undefined
}

const DEFAULT_OAPI_ENDPOINT = 'https://oapi.dingtalk.com'

export function apiSettingsOf(options: BotOptions): ApiSettings {
  const endpoint = options.endpoint ?? (process.env.DINGTALK_OPENAPI_ENDPOINT || DEFAULT_ENDPOINT)
  const oapiEndpoint = options.oapiEndpoint ?? (process.env.DINGTALK_OAPI_ENDPOINT || DEFAULT_OAPI_ENDPOINT)
  return {
    endpoint: checked('DINGTALK_OPENAPI_ENDPOINT', endpoint),
    oapiEndpoint: checked('DINGTALK_OAPI_ENDPOINT', oapiEndpoint),
    // Asked for when needed: a bot under test has no credential and misses none.
    credential: () => credentialOf(options),
  }
}

function checked(variable: string, address: string): string {
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address.replace(/\/+$/, '')
  throw new TypeError(
    `The endpoint ${JSON.stringify(address)} is no http(s) address. Correct the option or ${variable}.`,
  )
}
