import { afterEach, expect, test, vi } from 'vitest'
import { createEngine } from '../engine/engine.ts'
import { FORGOTTEN_AFTER } from '../engine/limits.ts'
import { createApiStub } from '../testing/api-stub.ts'
import { createAiCard } from './create-ai-card.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('a card that is started and forgotten fails by itself, and leaves no timer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] })
  const calls: string[] = []
  const api = createApiStub(async ({ path, body }) => {
    calls.push(`${path} ${JSON.stringify(body)}`)
    return { result: { deliverResults: [{ success: true }] } }
  })
  const logger = { debug() {}, info() {}, warn() {}, error() {} }
  const engine = createEngine({ api, log: logger })
  const card = createAiCard(engine, { target: { robotCode: 'r', address: { users: 'u' } }, say: async () => {} })
  card.append('半句')
  await vi.advanceTimersByTimeAsync(FORGOTTEN_AFTER + 10_000)
  expect(calls.at(-2)).toMatch(/streaming.*"isError":true/)
  expect(calls.at(-1)).toMatch(/"flowStatus":"5"/)
  expect(card.state).toBe('failed')
  expect(engine.open.size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})
