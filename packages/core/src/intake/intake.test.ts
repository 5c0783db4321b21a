import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createUpdate, type Reply, TOPICS, type Update, type UpdateKind } from '../update/update.ts'
import type { Exchange } from './exchange.ts'
import { createIntake, type Intake, type IntakeOptions } from './intake.ts'

/** A run of the chain that a test ends when it likes. */
interface Run {
  readonly update: Update
  readonly exchange: Exchange
  readonly succeed: () => Promise<void>
  readonly fail: () => Promise<void>
}

interface Bench {
  readonly intake: Intake<string>
  readonly runs: Run[]
  readonly answers: Reply[]
  readonly failures: string[]
  readonly retries: string[]
  readonly overloads: Update[]
  /** Takes an update, and lets its handler begin. */
  readonly push: (update: Update) => Promise<void>
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function setUp(options: Partial<IntakeOptions<string>> = {}): Bench {
  const runs: Run[] = []
  const answers: Reply[] = []
  const failures: string[] = []
  const retries: string[] = []
  const overloads: Update[] = []
  const intake = createIntake<string>({
    run: (update, exchange) =>
      new Promise(resolve => {
        const end = (error?: string) => async (): Promise<void> => {
          resolve(error)
          await vi.advanceTimersByTimeAsync(0)
        }
        runs.push({ update, exchange, succeed: end(), fail: end('boom') })
      }),
    async onFailure(error) {
      failures.push(error)
      return true
    },
    onRetry: error => void retries.push(error),
    onOverload: update => void overloads.push(update),
    ...options,
  })
  const push = async (update: Update): Promise<void> => {
    void intake.accept(update, reply => answers.push(reply))
    await vi.advanceTimersByTimeAsync(0)
  }
  return { intake, runs, answers, failures, retries, overloads, push }
}

let deliveries = 0
/** A delivery; each has an id of its own, as on the wire. */
function delivery(kind: Exclude<UpdateKind, 'topic'>, id = 'a'): Update {
  const headers = {
    topic: TOPICS[kind],
    messageId: `delivery-${++deliveries}`,
    ...(kind === 'event' ? { eventId: id } : {}),
  }
  return createUpdate(TOPICS[kind], { msgId: id, robotCode: 'robot' }, headers)
}

const codes = (answers: readonly Reply[]): number[] => answers.map(({ code }) => code)
const datas = (answers: readonly Reply[]): unknown[] => answers.map(({ data }) => data)
const SUCCESS = { status: 'SUCCESS', message: 'ok' }
const LATER = expect.objectContaining({ status: 'LATER' })

describe.each(['chatbot', 'delegate'] as const)('a message (%s)', kind => {
  test('is answered 200 as soon as it is admitted, before its handler has begun', () => {
    const { intake, runs, answers } = setUp()
    void intake.accept(delivery(kind), reply => answers.push(reply))
    expect(codes(answers)).toEqual([200])
    expect(runs).toEqual([])
  })

  test('is answered when it waits, not only when it runs', async () => {
    const { push, runs, answers } = setUp({ concurrency: 1 })
    await push(delivery(kind, 'a'))
    await push(delivery(kind, 'b'))
    expect(runs).toHaveLength(1)
    expect(codes(answers)).toEqual([200, 200])
  })

  test('late: is answered 200 at the end', async () => {
    const { push, runs, answers } = setUp({ ack: { chatbot: 'late' } })
    await push(delivery(kind))
    expect(answers).toEqual([])
    await runs[0]?.succeed()
    expect(codes(answers)).toEqual([200])
  })

  test('late: is answered 500 when its handler throws', async () => {
    const { push, runs, answers, failures } = setUp({ ack: { chatbot: 'late' } })
    await push(delivery(kind))
    await runs[0]?.fail()
    expect(codes(answers)).toEqual([500])
    expect(failures).toEqual(['boom'])
  })

  test('late: is answered 200 after 2.5 s anyway', async () => {
    const { push, answers } = setUp({ ack: { chatbot: 'late' } })
    await push(delivery(kind))
    await vi.advanceTimersByTimeAsync(2_499)
    expect(answers).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(codes(answers)).toEqual([200])
  })

  test('that comes again while it runs is answered and not run again', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery(kind))
    await push(delivery(kind))
    expect(runs).toHaveLength(1)
    expect(codes(answers)).toEqual([200, 200])
  })

  test('that comes again 20 minutes later, while it still runs, is not run again', async () => {
    const { push, runs } = setUp()
    await push(delivery(kind))
    await vi.advanceTimersByTimeAsync(20 * 60_000)
    await push(delivery(kind))
    expect(runs).toHaveLength(1)
  })

  test('that comes again after it was handled is answered and not run again', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery(kind))
    await runs[0]?.succeed()
    await push(delivery(kind))
    expect(runs).toHaveLength(1)
    expect(codes(answers)).toEqual([200, 200])
  })

  test('that comes again after its handler failed runs again', async () => {
    const { push, runs } = setUp()
    await push(delivery(kind))
    await runs[0]?.fail()
    await push(delivery(kind))
    expect(runs).toHaveLength(2)
  })

  test('of another robot with the same msgId is another message', async () => {
    const { push, runs } = setUp()
    await push(delivery(kind))
    await push(createUpdate(TOPICS[kind], { msgId: 'a', robotCode: 'another' }))
    expect(runs).toHaveLength(2)
  })

  test('without msgId is recognised by its delivery', async () => {
    const { push, runs } = setUp()
    const headers = { topic: TOPICS[kind], messageId: 'same' }
    await push(createUpdate(TOPICS[kind], {}, headers))
    await push(createUpdate(TOPICS[kind], {}, headers))
    expect(runs).toHaveLength(1)
  })
})

describe('an event', () => {
  test('is answered SUCCESS when its handler ended', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery('event'))
    expect(answers).toEqual([])
    await runs[0]?.succeed()
    expect(datas(answers)).toEqual([SUCCESS])
  })

  test('is answered LATER when its handler threw, and runs again when it comes again', async () => {
    const { push, runs, answers, retries, failures, intake } = setUp()
    await push(delivery('event'))
    await runs[0]?.fail()
    expect(datas(answers)).toEqual([LATER])
    expect([retries, failures]).toEqual([['boom'], []])
    await push(delivery('event'))
    expect(runs).toHaveLength(2)
    expect(intake.stats().later).toBe(1)
  })

  test('that throws three times is answered SUCCESS and given up', async () => {
    const { push, runs, answers, retries, failures } = setUp()
    for (const index of [0, 1, 2]) {
      await push(delivery('event'))
      await runs[index]?.fail()
    }
    expect(datas(answers)).toEqual([LATER, LATER, SUCCESS])
    expect([retries.length, failures.length]).toEqual([2, 1])
    await push(delivery('event'))
    expect(runs).toHaveLength(3)
    expect(datas(answers).at(-1)).toEqual(SUCCESS)
  })

  test('without an eventId cannot be counted, so one throw has to do', async () => {
    const { push, runs, answers, failures } = setUp()
    await push(createUpdate(TOPICS.event, {}, { topic: '*', messageId: 'x' }))
    await runs[0]?.fail()
    expect(datas(answers)).toEqual([SUCCESS])
    expect(failures).toEqual(['boom'])
  })

  test('unfinished after 2.5 s is answered LATER; coming again it is LATER while it runs, SUCCESS after it succeeded', async () => {
    const { push, runs, answers, intake } = setUp()
    await push(delivery('event'))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(datas(answers)).toEqual([LATER])
    await push(delivery('event'))
    expect(datas(answers)).toEqual([LATER, LATER])
    await runs[0]?.succeed()
    await push(delivery('event'))
    expect(datas(answers)).toEqual([LATER, LATER, SUCCESS])
    expect(runs).toHaveLength(1)
    expect(intake.stats()).toMatchObject({ later: 2, duplicates: 2, handled: 1 })
  })

  test('early: is answered SUCCESS when it is admitted, and told at once when its handler throws', async () => {
    const { push, runs, answers, failures } = setUp({ ack: { event: 'early' } })
    await push(delivery('event'))
    expect(datas(answers)).toEqual([SUCCESS])
    await runs[0]?.fail()
    expect(failures).toEqual(['boom'])
    expect(answers).toHaveLength(1)
  })
})

describe('a click', () => {
  test('is answered with what the handler responds', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery('card'))
    runs[0]?.exchange.respond({ code: 200, message: 'OK', data: { response: { cardData: {} } } })
    await runs[0]?.succeed()
    expect(datas(answers)).toEqual([{ response: { cardData: {} } }])
  })

  test.each(['succeed', 'fail'] as const)('is answered {} when its handler ends (%s) without a response', async how => {
    const { push, runs, answers } = setUp()
    await push(delivery('card'))
    await runs[0]?.[how]()
    expect(datas(answers)).toEqual([{ response: {} }])
  })

  test('is answered {} after 1.5 s, and a response that comes later is too late', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery('card'))
    await vi.advanceTimersByTimeAsync(1_499)
    expect(answers).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(datas(answers)).toEqual([{ response: {} }])
    expect(runs[0]?.exchange.respond({ code: 200, message: 'OK', data: 'late' })).toBe(false)
    expect(answers).toHaveLength(1)
  })

  test('is told apart from the next click by its delivery', async () => {
    const { push, runs } = setUp()
    const click = delivery('card')
    await push(click)
    await push(click)
    await push(delivery('card'))
    expect(runs).toHaveLength(2)
  })
})

describe.each(['graph', 'dynamicData'] as const)('a question (%s)', kind => {
  test('is answered with what the handler responds', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery(kind))
    runs[0]?.exchange.respond({ code: 200, message: 'OK', data: { response: 'it' } })
    expect(datas(answers)).toEqual([{ response: 'it' }])
  })

  test('is answered 500 when its handler threw', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery(kind))
    await runs[0]?.fail()
    expect(codes(answers)).toEqual([500])
  })

  test('is answered 500 after 2.5 s', async () => {
    const { push, answers } = setUp()
    await push(delivery(kind))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(codes(answers)).toEqual([500])
  })

  test('that nobody answers is answered 404', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery(kind))
    await runs[0]?.succeed()
    expect(codes(answers)).toEqual([404])
  })
})

describe('too much', () => {
  test('an event is answered LATER and runs when it comes again', async () => {
    const { push, runs, answers, overloads, intake } = setUp({ concurrency: 1, maxWaiting: 1 })
    for (const id of ['a', 'b', 'c']) await push(delivery('event', id))
    expect(datas(answers)).toEqual([LATER])
    expect(overloads).toHaveLength(1)
    await runs[0]?.succeed()
    await runs[1]?.succeed()
    await push(delivery('event', 'c'))
    expect(runs.map(({ update }) => update.headers.eventId)).toEqual(['a', 'b', 'c'])
    expect(intake.stats().overloads).toBe(1)
  })

  test.each(['chatbot', 'delegate', 'card', 'graph', 'dynamicData'] as const)(
    '%s stays unanswered, is counted and handed to onOverload',
    async kind => {
      const { push, answers, overloads, intake } = setUp({ concurrency: 1, maxWaiting: 1 })
      await push(delivery('event', 'x'))
      await push(delivery('event', 'y'))
      const refused = delivery(kind)
      await push(refused)
      await vi.advanceTimersByTimeAsync(2_000)
      expect(answers).toEqual([])
      expect(overloads).toEqual([refused])
      expect(intake.stats().overloads).toBe(1)
    },
  )

  test('is counted in bytes as well', async () => {
    const { push, overloads } = setUp({ concurrency: 1, maxWaitingBytes: 0 })
    await push(delivery('chatbot', 'a'))
    await push({ ...delivery('chatbot', 'b'), size: 1, raw: { msgId: 'b' } })
    expect(overloads).toHaveLength(1)
  })

  test('what waits when the bot gives up is taken as if it had never come', async () => {
    const { push, runs, intake } = setUp({ concurrency: 1 })
    await push(delivery('chatbot', 'a'))
    await push(delivery('chatbot', 'b'))
    expect(intake.clear()).toBe(1)
    await runs[0]?.succeed()
    await push(delivery('chatbot', 'b'))
    expect(runs).toHaveLength(2)
  })
})
