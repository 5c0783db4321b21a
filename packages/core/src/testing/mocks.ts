import type { ApiCall } from '../api/api-call.ts'
import type { Stub } from '../api/stub.ts'

/** Answer to a mocked API call: returns the body, or throws, for example an `ApiError`. */
export type Mock = (call: ApiCall) => unknown

export interface Mocks {
  /** Answers calls in place of the network. */
  readonly answer: Stub
  /** All calls, oldest first. */
  readonly calls: readonly ApiCall[]
  /** Adds a mock, which takes precedence over earlier ones. */
  readonly add: (path: string | RegExp, mock: Mock) => void
}

/** Default answers of the platform. */
const DEFAULTS: readonly (readonly [string, Mock])[] = [
  ['/v1.0/card/instances/createAndDeliver', ({ body }) => delivered(body)],
  ['/v1.0/card/instances/deliver', ({ body }) => ({ success: true, result: resultsOf(body) })],
  ['/v1.0/card/instances', () => ({ success: true, result: true })],
  ['/v1.0/card/streaming', () => ({ success: true, result: true })],
  [
    '/v1.0/robot/oToMessages/batchSend',
    () => ({ processQueryKey: 'test', invalidStaffIdList: [], flowControlledStaffIdList: [] }),
  ],
  ['/v1.0/robot/groupMessages/send', () => ({ processQueryKey: 'test' })],
  ['/v1.0/robot/privateChatMessages/send', () => ({ processQueryKey: 'test' })],
  ['/v1.0/im/v1.0/robot/interactiveCards/send', () => ({ processQueryKey: 'test' })],
  ['/v1.0/im/robots/interactiveCards', () => ({ processQueryKey: 'test' })],
]

/** Creates the mocked platform. */
export function createMocks(): Mocks {
  const calls: ApiCall[] = []
  const mocks: { readonly fits: (path: string) => boolean; readonly mock: Mock }[] = []
  const add = (path: string | RegExp, mock: Mock): void => {
    const fits = (actual: string): boolean => (typeof path === 'string' ? actual === path : actual.search(path) >= 0)
    mocks.unshift({ fits, mock })
  }
  for (const [path, mock] of DEFAULTS) add(path, mock)

  return {
    calls,
    add,
    async answer(call) {
      calls.push(call)
      const found = mocks.find(({ fits }) => fits(call.path))
      if (found) return found.mock(call)
      if (call.base === 'webhook') return { errcode: 0, errmsg: 'ok' }
      throw new Error(
        `The bot called ${call.method} ${call.path}, which the test does not answer. Add mock('${call.path}', () => body).`,
      )
    },
  }
}

function delivered(body: unknown): unknown {
  const { outTrackId = '' } = isRecord(body) ? body : {}
  return { success: true, result: { outTrackId, deliverResults: resultsOf(body) } }
}

function resultsOf(body: unknown): unknown {
  const { outTrackId = '', openSpaceId = '' } = isRecord(body) ? body : {}
  return [{ spaceId: openSpaceId, success: true, carrierId: `carrier-${outTrackId}` }]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
