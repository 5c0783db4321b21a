import type { SayRequest } from '../../../src/page/requests.ts'
import { post } from '../request/request.ts'

let queue: Promise<unknown> = Promise.resolve()

/**
 * Says something as a user. Messages leave one after the other: a browser may otherwise let the second overtake the
 * first.
 *
 * @returns nothing when it was taken, else why not; the empty text when nobody answered.
 */
export function say(request: SayRequest): Promise<string | undefined> {
  const answer = queue.then(async () => {
    const result = await post('/_sim/messages', request)
    return result.ok ? undefined : result.reason
  })
  queue = answer
  return answer
}
