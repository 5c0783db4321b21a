import { describe, expect, test } from 'vitest'
import { compose, type Middleware } from './compose.ts'

interface Log {
  readonly log: string[]
}

const step =
  (name: string): Middleware<Log> =>
  async (ctx, next) => {
    ctx.log.push(`${name} in`)
    await next()
    ctx.log.push(`${name} out`)
  }

describe('compose', () => {
  test('runs the steps inward, then outward', async () => {
    const ctx = { log: [] }
    await compose<Log>([step('a'), step('b')])(ctx)
    expect(ctx.log).toEqual(['a in', 'b in', 'b out', 'a out'])
  })

  test('ends the chain where a step does not call next()', async () => {
    const ctx = { log: [] as string[] }
    await compose<Log>([step('a'), () => {}, step('never')])(ctx)
    expect(ctx.log).toEqual(['a in', 'a out'])
  })

  test('runs the outer next after its last step', async () => {
    const ctx = { log: [] as string[] }
    await compose<Log>([step('a')])(ctx, async () => void ctx.log.push('outer'))
    expect(ctx.log).toEqual(['a in', 'outer', 'a out'])
  })

  test('rejects with what a step throws, synchronously or not', async () => {
    const boom = new Error('boom')
    const throwing = (): never => {
      throw boom
    }
    await expect(compose([throwing])({})).rejects.toBe(boom)
    await expect(compose([async () => throwing()])({})).rejects.toBe(boom)
  })

  test('rejects when a step calls next() twice, and names the step', async () => {
    const impatient: Middleware<Log> = async (_ctx, next) => {
      await next()
      await next()
    }
    const ctx = { log: [] as string[] }
    await expect(compose<Log>([impatient, step('b')])(ctx)).rejects.toThrow(/^impatient called next\(\) more than once/)
    expect(ctx.log).toEqual(['b in', 'b out'])
  })

  test('may run several times at once', async () => {
    const run = compose<Log>([step('a'), async (_ctx, next) => next()])
    const contexts = [{ log: [] }, { log: [] }]
    await Promise.all(contexts.map(ctx => run(ctx)))
    expect(contexts.map(ctx => ctx.log)).toEqual([
      ['a in', 'a out'],
      ['a in', 'a out'],
    ])
  })

  test('does not see steps that are added to the list afterwards', async () => {
    const steps = [step('a')]
    const run = compose<Log>(steps)
    steps.push(step('late'))
    const ctx = { log: [] }
    await run(ctx)
    expect(ctx.log).toEqual(['a in', 'a out'])
  })
})
