import { DEFAULT_ENDPOINT, GatewayError } from '@dingware/transport'

/** Base addresses of the APIs, without a trailing slash. */
export interface Endpoints {
  /** Of the OpenAPI; `undefined` if only the old API was given a private address. */
  readonly endpoint: string | undefined
  /** Of the old API; `undefined` if only the OpenAPI was given a private address. */
  readonly oapiEndpoint: string | undefined
}

const OPTIONS = {
  api: { name: 'endpoint', variable: 'DINGTALK_OPENAPI_ENDPOINT', host: 'api', gets: 'clientSecret and access token' },
  oapi: { name: 'oapiEndpoint', variable: 'DINGTALK_OAPI_ENDPOINT', host: 'oapi', gets: 'access token' },
} as const

/**
 * Reads the endpoints from options and environment. A missing one gets its default only if the other is one of
 * DingTalk's: otherwise the credential of a private deployment would be sent to the public host.
 *
 * @throws TypeError for an invalid address
 */
export function endpointsOf(options: {
  readonly endpoint?: string | undefined
  readonly oapiEndpoint?: string | undefined
}): Endpoints {
  const api = given(options.endpoint, 'api')
  const oapi = given(options.oapiEndpoint, 'oapi')
  return { endpoint: api ?? defaultBeside(oapi, 'api'), oapiEndpoint: oapi ?? defaultBeside(api, 'oapi') }
}

function given(option: string | undefined, which: keyof typeof OPTIONS): string | undefined {
  const { variable } = OPTIONS[which]
  const address = option?.trim() ?? (process.env[variable]?.trim() || undefined)
  if (address === undefined) return undefined
  // A path cannot follow a query or a fragment.
  const isAddress = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) && !/[?#]/.test(address)
  if (isAddress) return address.replace(/\/+$/, '')
  throw new TypeError(
    `The endpoint ${JSON.stringify(withoutUser(address))} is no http(s) address without a query. Correct the option or ${variable}.`,
  )
}

/** Default host, in the realm of the other endpoint: the apps of dingtalk.com and dingtalk.io are separate. */
function defaultBeside(other: string | undefined, which: keyof typeof OPTIONS): string | undefined {
  const [, realm] = /\.dingtalk\.(com|io)$/.exec(new URL(other ?? DEFAULT_ENDPOINT).hostname) ?? []
  return realm && `https://${OPTIONS[which].host}.dingtalk.${realm}`
}

/** Removes user and password, which belong to a proxy in front of the platform. */
function withoutUser(address: string | undefined): string | undefined {
  return address?.replace(/\/\/[^/]*@/, '//')
}

/** @throws GatewayError if the endpoint is not known; then nothing may be called. */
export function endpointFor(endpoints: Endpoints, which: keyof typeof OPTIONS): string {
  const { name, variable, host, gets } = OPTIONS[which]
  const address = endpoints[name]
  if (address !== undefined) return address
  const other = OPTIONS[which === 'api' ? 'oapi' : 'api'].name
  throw new GatewayError(
    `\`${other}\` is ${withoutUser(endpoints[other])}, and \`${name}\` (${variable}) is not set. Its default, https://${host}.dingtalk.com, would be given the ${gets} of an app that lives elsewhere, so nothing was called. Set \`${name}\` as well, to the same address where one host has both.`,
    { code: 'ERR_ENDPOINT', fatal: true },
  )
}

/** @throws GatewayError if one of the endpoints is not known. */
export function checkEndpoints(endpoints: Endpoints): void {
  endpointFor(endpoints, 'api')
  endpointFor(endpoints, 'oapi')
}
