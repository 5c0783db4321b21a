import type { SayRequest } from '../../../src/page/protocol.ts'

const patience = 10_000
let queue: Promise<unknown> = Promise.resolve()

/**
 * Says something as a user. Messages leave one after the other: a browser may otherwise let the second overtake the
 * first.
 *
 * @returns nothing when it was taken, else why not; the empty text when nobody answered.
 */
export function say(request: SayRequest): Promise<string | undefined> {
  const answer = queue.then(() => post(request))
  queue = answer
  return answer
}

async function post(request: SayRequest): Promise<string | undefined> {
  try {
    const response = await fetch('/_sim/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(patience),
    })
    return response.ok ? undefined : await reasonOf(response)
  } catch {
    return ''
  }
}

async function reasonOf(response: Response): Promise<string> {
  const text = await response.text()
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && 'error' in body) return String(body.error)
  } catch {}
  return `${response.status} ${response.statusText}`.trim()
}
