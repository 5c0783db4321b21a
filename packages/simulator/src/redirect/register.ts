/**
 * Sends calls of api.dingtalk.com and oapi.dingtalk.com to a simulator, for programs that have those hosts written into
 * them, like the official Node client. To be loaded before the program; the address stands in DINGTALK_OPENAPI_ENDPOINT,
 * `http://127.0.0.1:7788` by default.
 *
 * @example
 * node --import @dingware/simulator/register bot.js
 * node --require @dingware/simulator/register bot.cjs
 */
import http from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import { hostsFrom, redirectRequest, redirectUrl } from './hosts.ts'

const hosts = hostsFrom(process.env)

for (const name of ['request', 'get'] as const) {
  const original = https[name]
  const replacement = (...args: unknown[]): unknown => {
    const redirected = redirectRequest(hosts, args)
    if (!redirected) return Reflect.apply(original, https, args)
    const isPlain = Object(redirected[0]).protocol === 'http:'
    return isPlain ? Reflect.apply(http[name], http, redirected) : Reflect.apply(original, https, redirected)
  }
  Reflect.set(https, name, replacement)
}
syncBuiltinESMExports()

const originalFetch = globalThis.fetch
globalThis.fetch = (input, init) => {
  const address = input instanceof Request ? input.url : String(input)
  const redirected = redirectUrl(hosts, address)
  if (redirected === undefined) return originalFetch(input, init)
  return originalFetch(input instanceof Request ? new Request(redirected, input) : redirected, init)
}

process.stderr.write(
  `dingware simulator: calls of ${[...hosts.keys()].join(' and ')} go to ${hosts.get('api.dingtalk.com')}\n`,
)
