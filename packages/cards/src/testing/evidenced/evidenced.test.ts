import { createBot } from '@dingware/core'
import { testBot } from '@dingware/core/testing'
import { describe, expect, test } from 'vitest'
import { evidenceOf } from '../../../../core/fixtures/evidence.ts'
import { cards } from '../../plugin/cards.ts'
import { cardClient } from '../../plugin/client.ts'
import { AI_ROWS, NO_REQUESTS } from './ai-rows.ts'
import { nearest, requestsIn } from './requests.ts'
import { GROUP, PERSON, ROWS, type Row } from './rows.ts'

const rows: Readonly<Record<string, Row>> = { ...ROWS, ...AI_ROWS }
const seen = evidenceOf('cards').filter(({ direction }) => direction === 'request')

/** What a row makes the bot send. */
async function callsOf({ send, robotCode = 'dingrobot' }: Row) {
  const bot = createBot({ robotCode, throttle: false, autoRetry: false }).use(cards())
  const kit = testBot(bot)
  const results = [{ spaceType: 'IM_GROUP', spaceId: 'cid', success: true, carrierId: 'carrierId-of-the-delivery' }]
  kit.mock('/v1.0/card/instances/createAndDeliver', () => ({ result: { deliverResults: results } }))
  kit.mock('/v1.0/robot/groupMessages/recall', () => ({ failedResult: {} }))
  let show = (): void => {}
  const shown = new Promise<void>(resolve => {
    show = resolve
  })
  bot.api.use((call, next) => {
    if (call.path === '/v1.0/card/streaming') show()
    return next()
  })
  await using client = cardClient(bot.api)
  await send({
    client,
    group: client.to(GROUP),
    person: client.to(PERSON),
    async *text() {
      yield '一'
      await shown
      yield '二'
    },
    async answer(handler) {
      bot.on('chatbot', async ctx => void (await handler(ctx)))
      await kit.user('Alice').in('Team').say('hi')
    },
  })
  return kit.calls
}

test('every request that was seen has a row', () => {
  expect(seen.map(({ name }) => name).toSorted()).toEqual(
    [...Object.keys(rows), ...Object.keys(NO_REQUESTS)].toSorted(),
  )
})

describe.concurrent('our requests are those that were seen to work, field by field', () => {
  test.each(seen.filter(({ name }) => name in rows))('$name', async ({ name, data }) => {
    const row = rows[name]
    if (!row) throw new Error('There is no row.')
    const calls = await callsOf(row)
    const requests = requestsIn(data)
    expect(requests.length).toBeGreaterThan(0)
    const found = new Set(requests.flatMap(request => nearest(calls, request)))
    expect([...found].toSorted()).toEqual(Object.keys(row.differs ?? {}).toSorted())
  })
})

test('a request that is not as it was seen is found out', () => {
  const body = { a: 1, cardData: { cardParamMap: { x: '{"y":1}' } } }
  const [request] = requestsIn({ method: 'PUT', path: '/p', body })
  const call = { method: 'PUT', path: '/p', body: { b: 1, cardData: { cardParamMap: { x: '{"y":2}' } } } } as const
  expect(request && nearest([call], request)).toEqual(['+b', '-a', '≠cardData.cardParamMap.x.y'])
  expect(request && nearest([{ ...call, path: '/q' }], request)).toEqual(['no such call'])
})
