import { DEFAULT_ENDPOINT, GatewayError } from '@dingware/transport'

/** Where an app has its APIs: base addresses, without a slash at the end. */
export interface Endpoints {
  /** Of the OpenAPI; `undefined` where only the other one was moved away from DingTalk, and nobody said where this one is. */
  readonly endpoint: string | undefined
  /** Of the old API; `undefined` likewise. */
  readonly oapiEndpoint: string | undefined
}

const OPTIONS = {
  api: { name: 'endpoint', variable: 'DINGTALK_OPENAPI_ENDPOINT', host: 'api', gets: 'clientSecret and access token' },
  oapi: { name: 'oapiEndpoint', variable: 'DINGTALK_OAPI_ENDPOINT', host: 'oapi', gets: 'access token' },
} as const

/**
 * The endpoints, as options and environment give them. What they leave out has its default only beside an endpoint of
 * DingTalk's: with one private address alone the other calls would carry its credential to the public host.
 *
 * @throws TypeError for what is no address.
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
  // Behind a query or a fragment no path could follow.
  const isAddress = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) && !/[?#]/.test(address)
  if (isAddress) return address.replace(/\/+$/, '')
  throw new TypeError(
    `The endpoint ${JSON.stringify(withoutUser(address))} is no http(s) address without a query. Correct the option or ${variable}.`,
  )
}

/** The hosts of dingtalk.com, and those of dingtalk.io, which is a realm of its own: neither knows the apps of the other. */
function defaultBeside(other: string | undefined, which: keyof typeof OPTIONS): string | undefined {
  const [, realm] = /\.dingtalk\.(com|io)$/.exec(new URL(other ?? DEFAULT_ENDPOINT).hostname) ?? []
  return realm && `https://${OPTIONS[which].host}.dingtalk.${realm}`
}

/** An address may hold a password of what stands before the platform. */
function withoutUser(address: string | undefined): string | undefined {
  return address?.replace(/\/\/[^/]*@/, '//')
}

/** @throws GatewayError where nobody said where it is: nothing may be called there. */
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

/** @throws GatewayError where one of them is not known. */
export function checkEndpoints(endpoints: Endpoints): void {
  endpointFor(endpoints, 'api')
  endpointFor(endpoints, 'oapi')
}
