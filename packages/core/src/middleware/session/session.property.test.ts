import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { type Bot, createBot } from '../../bot/bot.ts'
import { memoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import { sequentialize } from '../sequentialize/sequentialize.ts'
import { session } from './session.ts'

interface Process extends Pick<Bot, 'handle'> {
  /** The senders of the updates that failed. */
  readonly failed: string[]
}

interface Script {
  /** Of which process it is. */
  readonly bot: number
  readonly sender: string
  /** How many turns of the loop the handler takes, before and after it looks at the session. */
  readonly before: number
  readonly after: number
}

const script: fc.Arbitrary<Script> = fc.record({
  bot: fc.integer({ min: 0, max: 2 }),
  sender: fc.constantFrom('alice', 'bob'),
  before: fc.integer({ min: 0, max: 3 }),
  after: fc.integer({ min: 0, max: 3 }),
})

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate)
}

/** A store that takes a while, as one elsewhere does. */
function distant(store: Store): Store {
  return {
    ...store,
    get: async key => turns(1).then(() => store.get(key)),
    set: async (key, value, options) => turns(1).then(() => store.set(key, value, options)),
    add: async (key, value, options) => turns(1).then(() => store.add(key, value, options)),
  }
}

/** Runs them all at once. @returns how many of each sender were handled without an error, and what is stored. */
async function runAll(
  scripts: readonly Script[],
  build: (store: Store) => Process,
): Promise<{ readonly succeeded: Record<string, number>; readonly stored: Record<string, unknown> }> {
  const store = distant(memoryStore())
  const bots = [0, 1, 2].map(() => build(store))
  const succeeded: Record<string, number> = {}
  const count = async ({ bot: index, sender, ...rest }: Script): Promise<void> => {
    const bot = bots[index]
    if (!bot) return
    const text = JSON.stringify(rest)
    await bot.handle(message({ senderId: sender, text }))
    succeeded[sender] = (succeeded[sender] ?? 0) + 1
  }
  await Promise.all(scripts.map(count))
  for (const sender of bots.flatMap(({ failed }) => failed)) succeeded[sender] = (succeeded[sender] ?? 0) - 1
  const stored: Record<string, unknown> = {}
  for (const sender of Object.keys(succeeded))
    stored[sender] = Object((await store.get(`session:chat:cid-1 ${sender}`))?.value).data?.n ?? 0
  return { succeeded, stored }
}

function counter(store: Store, onConflict: 'error' | 'retry', inTurn: boolean): Process {
  const failed: string[] = []
  const root = createBot({ store, logger: recordingLogger() })
  root.catch(({ ctx }) => void failed.push(ctx.from?.id ?? ''))
  if (inTurn) root.use(sequentialize())
  const bot = root.use(session({ initial: () => ({ n: 0 }), onConflict }))
  bot.use(async ctx => {
    const { before, after } = JSON.parse(ctx.text)
    await turns(before)
    ctx.session.n++
    await turns(after)
  })
  return { handle: bot.handle, failed }
}

describe('parallel updates of one session, in one process and in several', () => {
  test('with retry each of them counts, and none fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(script, { maxLength: 12 }), fc.boolean(), async (scripts, inTurn) => {
        const { succeeded, stored } = await runAll(scripts, store => counter(store, 'retry', inTurn))
        expect(stored).toEqual(succeeded)
        expect(Object.values(succeeded).reduce((sum, n) => sum + n, 0)).toBe(scripts.length)
      }),
      { numRuns: 40 },
    )
  })

  test('with error each that did not fail counts: nothing is lost in silence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(script, { maxLength: 20 }), async scripts => {
        const { succeeded, stored } = await runAll(scripts, store => counter(store, 'error', false))
        expect(stored).toEqual(succeeded)
      }),
      { numRuns: 40 },
    )
  })

  test('with sequentialize() before it none fails within a process', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(script, { maxLength: 20 }), async scripts => {
        const inOne = scripts.map(each => ({ ...each, bot: 0 }))
        const { stored } = await runAll(inOne, store => counter(store, 'error', true))
        expect(Object.values(stored).reduce((sum: number, n) => sum + Number(n), 0)).toBe(scripts.length)
      }),
      { numRuns: 40 },
    )
  })
})
