import { isRecord } from '../utils/is-record.ts'

/** Names of query parameters, headers and fields whose values are secret. */
const SECRET = /token|secret|ticket|session|sign|password|authorization|cookie/i

/**
 * Finds the secrets that a request carries. Servers repeat in their answers what they were sent, under names of their
 * own or none, so these are masked by value.
 */
export function secretsOf(url: URL, headers: Readonly<Record<string, string>> = {}, json?: unknown): string[] {
  const body = isRecord(json) ? Object.entries(json) : []
  const fields: [name: string, value: unknown][] = [...url.searchParams, ...Object.entries(headers), ...body]
  return fields.flatMap(([name, value]) => {
    if (!SECRET.test(name) || typeof value !== 'string') return []
    const inQuery = new URLSearchParams([['', value]]).toString().slice(1)
    const inJson = JSON.stringify(value).slice(1, -1)
    return [...new Set([value, inQuery, inJson])]
  })
}
