import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compose, type Middleware } from './compose.ts'

/** What a step does: at its start, about `next`, and at its end. */
interface Plan {
  readonly throwsFirst: boolean
  readonly goesOn: boolean
  readonly catches: boolean
  readonly throwsLast: boolean
  readonly isAsync: boolean
}

const flag = fc.boolean()
const rarely = fc.integer({ min: 0, max: 9 }).map(value => value === 0)
const plan: fc.Arbitrary<Plan> = fc.record({
  throwsFirst: rarely,
  goesOn: rarely.map(value => !value),
  catches: flag,
  throwsLast: rarely,
  isAsync: flag,
})

function stepOf(plan: Plan, index: number): Middleware<string[]> {
  const boom = (when: string): never => {
    throw new Error(`${index} ${when}`)
  }
  return async function step(log, next) {
    if (plan.isAsync) await Promise.resolve()
    log.push(`in ${index}`)
    if (plan.throwsFirst) boom('first')
    if (plan.goesOn) {
      const rest = next()
      await (plan.catches ? rest.catch(error => log.push(`caught ${error.message} in ${index}`)) : rest)
    }
    log.push(`out ${index}`)
    if (plan.throwsLast) boom('last')
  }
}

/** What the chain has to do, as plain recursion. */
function expected(plans: readonly Plan[], index: number, log: string[]): void {
  const plan = plans[index]
  if (!plan) return
  log.push(`in ${index}`)
  if (plan.throwsFirst) throw new Error(`${index} first`)
  if (plan.goesOn) {
    try {
      expected(plans, index + 1, log)
    } catch (error) {
      if (!plan.catches) throw error
      log.push(`caught ${error instanceof Error ? error.message : ''} in ${index}`)
    }
  }
  log.push(`out ${index}`)
  if (plan.throwsLast) throw new Error(`${index} last`)
}

test('any chain runs inward and outward in order, and errors go up to who catches them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { maxLength: 12 }), async plans => {
      const run = compose(plans.map(stepOf))
      // Watched runs and the plain ones behind them have to agree.
      for (const times of [1, 101]) {
        let log: string[] = []
        let outcome = 'ended'
        for (let i = 0; i < times; i++) {
          log = []
          outcome = await run(log).then(
            () => 'ended',
            (error: Error) => error.message,
          )
        }
        const model: string[] = []
        let modelOutcome = 'ended'
        try {
          expected(plans, 0, model)
        } catch (error) {
          modelOutcome = error instanceof Error ? error.message : ''
        }
        expect(log).toEqual(model)
        expect(outcome).toEqual(modelOutcome)
      }
    }),
    { numRuns: 60 },
  )
})
