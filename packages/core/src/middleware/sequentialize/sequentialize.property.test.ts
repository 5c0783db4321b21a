import fc from 'fast-check'
import { expect, test } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { turn } from '../../../fixtures/turn.ts'
import { type BotStats, createBot } from '../../bot/bot.ts'
import { sequentialize } from './sequentialize.ts'

type Step =
  /** The same id is the same message again: to be run anew only if it has failed. */
  | { readonly do: 'arrive'; readonly id: number; readonly keys: readonly string[] }
  /** Ends a run, chosen by number among those that go on. */
  | { readonly do: 'end'; readonly which: number; readonly succeeds: boolean }

const KEYS = ['a', 'b', 'c']
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('arrive' as const),
    id: fc.nat(30),
    keys: fc.uniqueArray(fc.constantFrom(...KEYS), { minLength: 1 }),
  }),
  fc.record({ do: fc.constant('end' as const), which: fc.nat(9), succeeds: fc.boolean() }),
)

/** A run of the handler. Its text names it: number of the arrival, id, keys. */
interface Run {
  readonly number: number
  readonly id: string
  readonly keys: readonly string[]
  /** Those that share a key and were running when it began. */
  readonly beside: number
  outcome?: boolean
  readonly end: (succeeds: boolean) => void
}

async function play(steps: readonly Step[], concurrency: number): Promise<{ runs: Run[]; stats: BotStats }> {
  const runs: Run[] = []
  const going = (): Run[] => runs.filter(run => run.outcome === undefined)
  const bot = createBot({ concurrency }).use(sequentialize({ key: ctx => ctx.text.split(' ')[2]?.split('+') }))
  bot.catch(() => {})
  bot.use(ctx => {
    const [number = '', id = '', keys = ''] = ctx.text.split(' ')
    const mine = keys.split('+')
    const beside = going().filter(other => other.keys.some(key => mine.includes(key))).length
    return new Promise<void>((resolve, reject) => {
      const end = (succeeds: boolean): void => {
        run.outcome = succeeds
        if (succeeds) resolve()
        else reject(new Error('boom'))
      }
      const run: Run = { number: Number(number), id, keys: mine, beside, end }
      runs.push(run)
    })
  })
  const arrivals: Promise<unknown>[] = []
  for (const [number, step] of steps.entries()) {
    if (step.do === 'arrive') {
      const text = `${number} ${step.id} ${step.keys.join('+')}`
      arrivals.push(bot.handle(message({ msgId: `m${step.id}`, text })))
    } else {
      going()[step.which % Math.max(1, going().length)]?.end(step.succeeds)
    }
    await turn()
  }
  for (let left = going(); left.length > 0; left = going()) {
    for (const run of left) run.end(true)
    await turn()
  }
  await Promise.all(arrivals)
  return { runs, stats: bot.stats() }
}

test('queue: per key in order, none lost, none twice at once; whatever fails, comes again, or has several keys', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), async (steps, concurrency) => {
      const { runs, stats } = await play(steps, concurrency)
      expect(runs.filter(({ beside }) => beside > 0)).toEqual([])
      for (const key of KEYS) {
        const order = runs.filter(({ keys }) => keys.includes(key)).map(({ number }) => number)
        expect(order).toEqual(order.toSorted((a, b) => a - b))
      }
      const arrived = new Set(steps.flatMap(step => (step.do === 'arrive' ? [String(step.id)] : [])))
      for (const id of arrived) {
        const outcomes = runs.filter(run => run.id === id).map(({ outcome }) => outcome)
        expect(outcomes.length).toBeGreaterThan(0)
        expect(outcomes.slice(0, -1)).not.toContain(true)
      }
      expect(runs).toHaveLength(stats.received - stats.duplicates)
      expect(stats.running).toBe(0)
      expect(stats.waiting).toBe(0)
    }),
    { numRuns: 200 },
  )
})
