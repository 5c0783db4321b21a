import fc from 'fast-check'
import { expect, test } from 'vitest'
import { event, message } from '../../fixtures/messages.ts'
import { turn } from '../../fixtures/turn.ts'
import type { Update } from '../updates/update.ts'
import { createIntake, type IntakeOptions } from './intake.ts'

type Step =
  | { readonly do: 'arrive'; readonly id: number }
  /** Ends a run, chosen by number among those that go on. */
  | { readonly do: 'end'; readonly which: number; readonly succeeds: boolean }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('arrive' as const), id: fc.nat(5) }),
  fc.record({ do: fc.constant('end' as const), which: fc.nat(9), succeeds: fc.boolean() }),
)

interface Run {
  readonly id: string
  readonly end: (error?: string) => void
}

/** Drives an intake through the steps and keeps what each id went through. */
async function play(
  steps: readonly Step[],
  limits: Pick<IntakeOptions, 'concurrency' | 'maxWaiting' | 'dedupe'>,
  make: (id: number) => Update,
  idOf: (update: Update) => string,
): Promise<Map<string, string[]>> {
  const history = new Map<string, string[]>()
  const note = (id: string, what: string): void => void history.set(id, [...(history.get(id) ?? []), what])
  const runs: Run[] = []
  const intake = createIntake<string>(
    {
      run: update =>
        new Promise(resolve => {
          const id = idOf(update)
          note(id, 'begin')
          const end = (error?: string): void => {
            note(id, error === undefined ? 'succeed' : 'fail')
            resolve(error)
          }
          runs.push({ id, end })
        }),
      onFailure: async () => true,
      onRetry: () => {},
      onOverload: update => note(idOf(update), 'refused'),
    },
    limits,
  )
  for (const step of steps) {
    if (step.do === 'arrive') {
      const update = make(step.id)
      note(idOf(update), 'arrive')
      intake.accept(update, { respond() {} })
    } else {
      const [run] = runs.splice(step.which % Math.max(1, runs.length), 1)
      run?.end(step.succeeds ? undefined : 'boom')
    }
    await turn()
  }
  for (let run = runs.shift(); run; run = runs.shift()) {
    run.end()
    await turn()
  }
  await intake.idle()
  return history
}

const limits = fc.record({ concurrency: fc.integer({ min: 1, max: 3 }), maxWaiting: fc.integer({ min: 0, max: 3 }) })
const msgIdOf = (update: Update): string => JSON.stringify(update.raw)

test('no message runs twice at once or after it succeeded; one that failed or was refused runs when it comes again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), limits, async (steps, limits) => {
      const history = await play(steps, limits, id => message({ msgId: `m${id}` }), msgIdOf)
      for (const log of history.values()) expect(replay(log, Number.POSITIVE_INFINITY)).toBe('in order')
    }),
    { numRuns: 150 },
  )
})

test('no event runs more than three times, nor twice at once, nor after it succeeded', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), limits, async (steps, limits) => {
      const make = (id: number): Update => event(`e${id}`)
      const history = await play(steps, limits, make, update => String(update.headers.eventId))
      for (const log of history.values()) expect(replay(log, 3)).toBe('in order')
    }),
    { numRuns: 150 },
  )
})

test('with little memory a message may run again after it was handled, but never twice at once, and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), limits, fc.nat(2), async (steps, limits, max) => {
      const make = (id: number): Update => message({ msgId: `m${id}` })
      const history = await play(steps, { ...limits, dedupe: { max } }, make, msgIdOf)
      for (const log of history.values()) expect(replay(log, Number.POSITIVE_INFINITY, true)).toBe('in order')
    }),
    { numRuns: 150 },
  )
})

/** Follows what happened to one id, as the rules have it. A first arrival that was not refused has to run. */
function replay(log: readonly string[], maxRuns: number, mayForget = false): string {
  let state: 'new' | 'admitted' | 'running' | 'done' | 'perhaps' = 'new'
  let runs = 0
  for (const [index, what] of log.entries()) {
    const where = `${what} while ${state}, at ${index} of ${log.join(' ')}`
    if (what === 'arrive') {
      if (state === 'new') state = 'admitted'
      if (state === 'done' && mayForget) state = 'perhaps'
    } else if (what === 'refused') {
      if (state !== 'admitted' && state !== 'perhaps') return where
      state = 'new'
    } else if (what === 'begin') {
      if (state !== 'admitted' && state !== 'perhaps') return where
      state = 'running'
      runs++
    } else {
      if (state !== 'running') return where
      state = what === 'succeed' || runs >= maxRuns ? 'done' : 'new'
    }
  }
  // Everything has ended by now: what was admitted and never ran was lost.
  return state === 'admitted' || state === 'running' ? `lost: ${log.join(' ')}` : 'in order'
}
