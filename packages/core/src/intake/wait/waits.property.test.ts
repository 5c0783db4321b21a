import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { turn } from '../../../fixtures/turn.ts'
import { type Context, createBot } from '../../index.ts'
import { createWaits, type Waits } from './waits.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const KEYS = ['a', 'b', 'c']
const MAX = 6
const keys = fc.subarray(KEYS, { minLength: 1 })

/** What a wait is in the model: it takes texts of its parity, until its end. */
interface Model {
  readonly keys: readonly string[]
  readonly parity: number
  /** In the model's time. */
  readonly endsAt: number
  readonly controller: AbortController
  readonly outcome: Promise<unknown>
  expected: unknown
}

interface Real {
  readonly waits: Waits<string>
  readonly contexts: ReadonlyMap<number, Context>
}

interface World {
  now: number
  closed: boolean
  readonly waits: Model[]
}

const isOpen = ({ expected }: Model): boolean => expected === undefined
const openOnes = ({ waits }: World): Model[] => waits.filter(isOpen)

type Step = fc.AsyncCommand<World, Real>

function step(name: string, run: (world: World, real: Real) => unknown): Step {
  return {
    check: () => true,
    async run(world, real) {
      await run(world, real)
      expect(real.waits.size).toBe(openOnes(world).length)
    },
    toString: () => name,
  }
}

function open(keys: readonly string[], parity: number, timeout: number): Step {
  return step(`open(${keys}, ${parity}, ${timeout})`, (world, { waits }) => {
    const controller = new AbortController()
    const expected = world.closed ? 'ERR_STOPPED' : openOnes(world).length >= MAX ? 'ERR_TOO_MANY_WAITS' : undefined
    const { answer, begin } = waits.open('owner', {
      keys,
      accepts: ctx => Number(ctx.text) % 2 === parity,
      take: ctx => ctx.text,
      timeout,
      signal: controller.signal,
    })
    begin()
    const outcome = answer.catch(error => error.code)
    world.waits.push({ keys, parity, endsAt: world.now + timeout, controller, outcome, expected })
  })
}

function arrive(keys: readonly string[], text: number): Step {
  return step(`arrive(${keys}, ${text})`, (world, { waits, contexts }) => {
    const isTaker = (wait: Model): boolean => wait.parity === text % 2 && wait.keys.some(key => keys.includes(key))
    const taker = openOnes(world).findLast(isTaker)
    const ctx = contexts.get(text)
    if (!ctx) throw new Error('no such context')
    const found = waits.find(ctx, keys)
    expect(found !== undefined).toBe(taker !== undefined)
    void found?.take(ctx)
    if (taker) taker.expected = String(text)
  })
}

function pass(ms: number): Step {
  return step(`pass(${ms})`, async world => {
    world.now += ms
    await vi.advanceTimersByTimeAsync(ms)
    for (const wait of openOnes(world)) if (wait.endsAt <= world.now) wait.expected = 'ERR_WAIT_TIMEOUT'
  })
}

function abort(which: number): Step {
  return step(`abort(${which})`, world => {
    const wait = world.waits[which % Math.max(1, world.waits.length)]
    wait?.controller.abort({ code: 'ABORTED' })
    if (wait && isOpen(wait)) wait.expected = 'ABORTED'
  })
}

function close(closed: boolean): Step {
  return step(closed ? 'close' : 'reopen', (world, { waits }) => {
    world.closed = closed
    if (closed) waits.close()
    else waits.reopen()
    if (closed) for (const wait of openOnes(world)) wait.expected = 'ERR_STOPPED'
  })
}

const commands = fc.commands(
  [
    fc.tuple(keys, fc.nat(1), fc.integer({ min: 1, max: 100 })).map(args => open(...args)),
    fc.tuple(keys, fc.nat(3)).map(args => arrive(...args)),
    fc.integer({ min: 1, max: 60 }).map(ms => pass(ms)),
    fc.nat(20).map(which => abort(which)),
    fc.boolean().map(closed => close(closed)),
  ],
  { maxCommands: 60 },
)

async function contextsOf(texts: readonly number[]): Promise<Map<number, Context>> {
  const contexts = new Map<number, Context>()
  const bot = createBot()
  bot.use(ctx => void contexts.set(Number(ctx.text), ctx))
  for (const text of texts) await bot.handle(message({ text: String(text) }))
  return contexts
}

test('each wait ends exactly once: by the newest match, its time, its signal, or the end of the bot; none is left over', async () => {
  const contexts = await contextsOf([0, 1, 2, 3])
  await fc.assert(
    fc.asyncProperty(commands, async commands => {
      const world: World = { now: 0, closed: false, waits: [] }
      const waits = createWaits<string>({ max: MAX })
      await fc.asyncModelRun(() => ({ model: world, real: { waits, contexts } }), commands)
      waits.close()
      await turn()
      const expected = world.waits.map(wait => wait.expected ?? 'ERR_STOPPED')
      expect(await Promise.all(world.waits.map(({ outcome }) => outcome))).toEqual(expected)
      expect(waits.size).toBe(0)
      expect(vi.getTimerCount()).toBe(0)
    }),
    { numRuns: 200 },
  )
})
