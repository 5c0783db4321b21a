import { isRecord } from '../utils/json.ts'

/** DingTalk's hosts, and where their calls go instead. */
export type Hosts = ReadonlyMap<string, URL>

const DEFAULT = 'http://127.0.0.1:7788'

const NAMES = ['api.dingtalk.com', 'oapi.dingtalk.com']

/** Reads the two variables that point dingware and the Python client at a simulator. */
export function hostsFrom(env: Readonly<Record<string, string | undefined>>): Hosts {
  const api = new URL(env.DINGTALK_OPENAPI_ENDPOINT || DEFAULT)
  const oapi = new URL(env.DINGTALK_OAPI_ENDPOINT || api)
  for (const { protocol, hostname, href } of [api, oapi]) {
    // To DingTalk itself calls would come round for ever.
    if (!/^https?:$/.test(protocol) || NAMES.includes(hostname))
      throw new Error(`A simulator is reached by http or https, and ${href} is none: mend DINGTALK_OPENAPI_ENDPOINT`)
  }
  return new Map([
    ['api.dingtalk.com', api],
    ['oapi.dingtalk.com', oapi],
  ])
}

/**
 * The arguments of a request for what was meant for `https.request`, to be made by the `protocol` in them; undefined for
 * other hosts.
 */
export function redirectRequest(hosts: Hosts, args: readonly unknown[]): readonly unknown[] | undefined {
  const [first, second] = args
  const url = typeof first === 'string' || first instanceof URL ? new URL(first) : undefined
  const given = url ? second : first
  const options: Readonly<Record<string, unknown>> = isRecord(given) ? given : {}
  const name = options.hostname ?? options.host ?? url?.hostname
  const target = hosts.get(String(name).replace(/:443$/, ''))
  if (!target) return undefined
  const redirected = {
    ...(url && { path: url.pathname + url.search }),
    ...options,
    protocol: target.protocol,
    host: target.hostname,
    hostname: target.hostname,
    port: target.port,
    // One for https refuses to carry http.
    agent: undefined,
  }
  const callback = args.find(argument => typeof argument === 'function')
  return callback ? [redirected, callback] : [redirected]
}

/** The address that a `fetch` goes to instead; undefined for other hosts. */
export function redirectUrl(hosts: Hosts, address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const target = url && hosts.get(url.hostname)
  return target && new URL(url.pathname + url.search, target).href
}
