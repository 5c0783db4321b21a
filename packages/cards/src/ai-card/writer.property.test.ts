import { type ApiCall, NetworkError } from '@dingware/core'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEngine } from '../engine/engine.ts'
import { DEFAULT_EMPTY_TEXT } from '../engine/limits.ts'
import { createApiStub } from '../testing/api-stub.ts'
import { createAiCard } from './create-ai-card.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** How a call goes: after so many milliseconds, well or not. */
type Fate = { readonly latency: number; readonly fails: boolean }

/** A platform that keeps what it gets, and notices two calls at once. */
function fakePlatform(fates: readonly Fate[]) {
  const calls: ApiCall[] = []
  const frames: { readonly at: number; readonly content: string }[] = []
  let shown: string | undefined
  let running = 0
  let most = 0
  const call = async (request: ApiCall): Promise<unknown> => {
    running++
    most = Math.max(most, running)
    const { latency, fails } = fates[calls.push(request) % fates.length] ?? { latency: 0, fails: false }
    const { body } = request
    const startedAt = performance.now()
    await new Promise(resolve => setTimeout(resolve, latency))
    running--
    if (request.path.endsWith('createAndDeliver')) {
      return { result: { deliverResults: [{ spaceType: 'IM_ROBOT', spaceId: 'u', carrierId: 'k', success: true }] } }
    }
    if (fails) throw new NetworkError('cut', { code: 'ECONNRESET' })
    if (request.path.endsWith('streaming')) {
      shown = contentOf(body)
      frames.push({ at: startedAt, content: shown })
    }
    // Where the stream stays out of order, the last update has the text.
    else shown = /"msgContent":"([^"]*)"/.exec(JSON.stringify(body))?.[1] ?? shown
    return {}
  }
  return { api: createApiStub(call), frames, most: () => most, shown: () => shown }
}

function contentOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'content' in body ? String(body.content) : ''
}

const fate = fc.record({ latency: fc.integer({ min: 0, max: 2_000 }), fails: fc.boolean() })
const step = fc.oneof(
  fc.record({ append: fc.string({ unit: fc.constantFrom('字', '词', '。'), minLength: 1, maxLength: 5 }) }),
  fc.record({ pause: fc.integer({ min: 0, max: 1_500 }) }),
)

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

test('whatever the network does: never two calls at once, frames keep their distance, and in the end all of the text is shown', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 30 }),
      fc.array(fate, { minLength: 1, maxLength: 8 }),
      async (steps, fates) => {
        // Somewhen it has to work.
        const platform = fakePlatform([...fates, { latency: 10, fails: false }])
        const engine = createEngine({ api: platform.api, log: quiet })
        const target = { robotCode: 'r', address: { users: 'u' } }
        const card = createAiCard(engine, { target, say: async () => {} })
        let text = ''
        for (const step of steps) {
          if ('append' in step) {
            text += step.append
            card.append(step.append)
          } else await vi.advanceTimersByTimeAsync(step.pause)
        }
        const finishing = card.finish()
        await vi.advanceTimersByTimeAsync(120_000)
        expect(await finishing).toMatchObject({ status: text ? 'finished' : 'empty', text })
        expect(platform.most()).toBe(1)
        expect(platform.shown()).toBe(text || DEFAULT_EMPTY_TEXT)
        const gaps = platform.frames
          .slice(0, -1)
          .map(({ at }, index, all) => at - (all[index - 1]?.at ?? Number.NEGATIVE_INFINITY))
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(800)
        expect(vi.getTimerCount()).toBe(0)
      },
    ),
    { numRuns: 150 },
  )
})
