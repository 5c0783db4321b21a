import { createSimulator } from '@dingware/simulator'
import { expect, test, vi } from 'vitest'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { BOT_PUSH, connectClient, EVENT_PUSH } from '../testing/client.ts'
import { recordingLogger } from '../testing/recording-logger.ts'
import { answering } from './answering.ts'

test('what the function returns is the answer', async () => {
  await using sim = await createSimulator()
  const handler = async (frame: StreamFrame) => ({ code: 201, message: 'fine', data: { echo: frame.data } })
  await using _client = await connectClient(sim, { onFrame: answering(handler) })
  const { ack } = await sim.push({ ...BOT_PUSH, data: { a: 1 } })
  expect(await ack).toMatchObject({ code: 201, message: 'fine', data: '{"echo":{"a":1}}' })
})

test('a function that returns nothing answers 200, an event SUCCESS', async () => {
  await using sim = await createSimulator()
  await using _client = await connectClient(sim, { onFrame: answering(() => {}) })
  const [message, event] = [await sim.push(BOT_PUSH), await sim.push(EVENT_PUSH)]
  expect(await message.ack).toMatchObject({ code: 200, data: '{"response":null}' })
  expect(await event.ack).toMatchObject({ code: 200, data: '{"status":"SUCCESS","message":"ok"}' })
})

const fail = (): never => {
  throw new Error('GET https://api.example/?access_token=5ecr37 failed')
}

test.each([
  ['throws', () => fail()],
  ['rejects', async () => fail()],
  ['answers with what is no JSON', () => ({ data: { big: 1n } })],
])('a function that %s answers 500, an event LATER, and is logged without secrets', async (_, handler) => {
  await using sim = await createSimulator()
  const logger = recordingLogger()
  await using _client = await connectClient(sim, { onFrame: answering(handler, { logger }) })
  const [message, event] = [await sim.push(BOT_PUSH), await sim.push(EVENT_PUSH)]
  expect(await message.ack).toMatchObject({ code: 500 })
  expect(await event.ack).toMatchObject({ code: 200, data: expect.stringContaining('LATER') })
  expect(logger.complaints).toEqual(['A handler threw.', 'A handler threw.'])
  expect(JSON.stringify(logger.entries)).not.toContain('5ecr37')
})

test('an answer that the function gave itself stands', async () => {
  await using sim = await createSimulator()
  const handler = async (frame: StreamFrame): Promise<void> => {
    frame.respond({ data: 'early' })
    throw new Error('and then it failed')
  }
  await using client = await connectClient(sim, { onFrame: answering(handler, { logger: recordingLogger() }) })
  const { ack } = await sim.push(BOT_PUSH)
  expect(await ack).toMatchObject({ code: 200, data: 'early' })
  expect(client.stats().acks).toBe(1)
  expect(sim.violations).toEqual([])
})

test('no more functions run at once than the concurrency allows', async () => {
  await using sim = await createSimulator()
  let running = 0
  const most = vi.fn<(running: number) => void>()
  const handler = async (): Promise<void> => {
    most(++running)
    await new Promise(resolve => setTimeout(resolve, 5))
    running--
  }
  await using _client = await connectClient(sim, { onFrame: answering(handler, { concurrency: 3 }) })
  const pushes = await Promise.all(Array.from({ length: 20 }, () => sim.push(BOT_PUSH)))
  for (const { ack } of pushes) expect(await ack).toMatchObject({ code: 200 })
  expect(Math.max(...most.mock.calls.map(([running]) => running))).toBe(3)
})
