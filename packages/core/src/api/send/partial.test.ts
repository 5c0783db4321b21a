import type { Simulator } from '@dingware/simulator'
import { beforeEach, describe, expect, test } from 'vitest'
import { useSimulator } from '../../../fixtures/simulated-bot.ts'
import type { Bot } from '../../bot/bot.ts'
import { SendError } from './send-error.ts'

const simulated = useSimulator()
const path = '/v1.0/robot/oToMessages/batchSend'
const NOBODY = { status: 400, body: { requestid: 'r1', code: 'staffId.notExisted', message: '…' } }
let sim: Simulator
let bot: Bot

beforeEach(() => {
  sim = simulated().sim
  bot = simulated().newBot({ throttle: false, autoRetry: { base: 1 } })
})

const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `user-${index}`)
const sends = (): number => sim.calls.filter(call => call.path === path).length

/** Lets the platform answer these, one after another. */
function answer(...answers: readonly { readonly status?: number; readonly body: unknown }[]): void {
  for (const { status = 200, body } of answers) sim.faults.api({ path, fault: { status, body } })
}

async function failureOf(users: readonly string[]): Promise<SendError> {
  const error = await bot.api.send({ users }, 'hi').then(
    () => expect.unreachable('everybody was reached'),
    (error: unknown) => error,
  )
  if (!(error instanceof SendError)) throw error
  return error
}

describe('a message to many', () => {
  test('that the platform filtered out for some did not reach them', async () => {
    const lists = {
      invalidStaffIdList: ['user-0'],
      filteredStaffIdList: ['user-1'],
      flowControlledStaffIdList: ['user-2'],
    }
    answer({ body: { processQueryKey: 'key', ...lists } })
    const error = await failureOf(people(4))
    expect(error.invalid).toEqual(['user-0'])
    expect(error.filtered).toEqual(['user-1'])
    expect(error.throttled).toEqual(['user-2'])
    expect(error.missed).toEqual(['user-0', 'user-1', 'user-2'])
    expect(error.message).toMatch(/3 of 4 people.*user-1: the platform filtered it out/)
    expect(error.sent.processQueryKeys).toEqual(['key'])
  })

  test('of whom somebody is named twice, or by a number, get it once', async () => {
    answer({ body: { processQueryKey: 'key', invalidStaffIdList: [4711] } })
    const error = await failureOf(['user-0', ' user-0 ', 4711 as never, 'user-1'])
    expect(sim.calls.find(call => call.path === path)?.body).toMatchObject({ userIds: ['user-0', '4711', 'user-1'] })
    expect(error.invalid).toEqual(['4711'])
    expect(error.message).toContain('did not reach 1 of 3 people')
  })

  test('of whom one is in two lists counts that one once', async () => {
    const lists = { invalidStaffIdList: ['user-0'], filteredStaffIdList: ['user-0'] }
    answer({ body: { processQueryKey: 'key', ...lists } })
    const error = await failureOf(people(2))
    expect(error.missed).toEqual(['user-0'])
    expect(error.message).toContain('did not reach 1 of 2 people')
  })

  test('of whom one batch holds nobody that there is goes on to the others', async () => {
    answer({ body: { processQueryKey: 'one' } }, NOBODY, { body: { processQueryKey: 'three' } })
    const users = people(50)
    const error = await failureOf(users)
    expect(sends()).toBe(3)
    expect(error.invalid).toEqual(users.slice(20, 40))
    expect(error.unsent).toEqual([])
    expect(error.unknown).toEqual([])
    expect(error.sent.processQueryKeys).toEqual(['one', 'three'])
    expect(error.cause).toMatchObject({ code: 'staffId.notExisted', requestId: 'r1' })
    expect(error.message).toMatch(/20 of 50.*no such userId.*do not send it to all again.*not nicknames/)
  })

  test('of whom the first batch holds nobody goes on, and tells what then fails', async () => {
    answer(NOBODY, { status: 400, body: { code: 'invalidParameter.robotCode.auth', message: 'no' } })
    const users = people(45)
    const error = await failureOf(users)
    expect(error.invalid).toEqual(users.slice(0, 20))
    expect(error.unsent).toEqual(users.slice(20))
    expect(error.cause).toMatchObject({ code: 'invalidParameter.robotCode.auth' })
  })

  test('of whom there is nobody says so, and not that others have it', async () => {
    answer(NOBODY)
    const error = await failureOf(['张三'])
    expect(error.invalid).toEqual(['张三'])
    expect(error.sent.processQueryKeys).toEqual([])
    expect(error.message).toMatch(/did not reach 1 of 1 people/)
    expect(error.message).not.toMatch(/The others have it/)
    await error.sent.recall()
  })

  test.each<[what: string, body: object, keys: readonly string[]]>([
    ['lists that are null', { processQueryKey: 'k', invalidStaffIdList: null, flowControlledStaffIdList: null }, ['k']],
    ['no lists', { processQueryKey: 'k' }, ['k']],
    ['no handle', { invalidStaffIdList: [] }, []],
    ['an empty handle', { processQueryKey: '' }, []],
  ])('whose answer has %s is out', async (_what, body, keys) => {
    answer({ body })
    const sent = await bot.api.send({ users: ['user-0'] }, 'hi')
    expect(sent.processQueryKeys).toEqual(keys)
  })
})
