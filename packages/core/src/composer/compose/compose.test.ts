import { describe, expect, test, vi } from 'vitest'
import { turn } from '../../../fixtures/turn.ts'
import { compose, type Middleware, type Next } from './compose.ts'

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

describe('next() twice', () => {
  const impatient: Middleware<Log> = async (_ctx, next) => {
    await next()
    await next()
  }

  test('rejects in the first run and in every later one', async () => {
    const run = compose<Log>([impatient, step('b')])
    for (let i = 0; i < 150; i++) {
      const ctx = { log: [] as string[] }
      await expect(run(ctx)).rejects.toThrow('more than once')
      expect(ctx.log).toEqual(['b in', 'b out'])
    }
  })

  test('rejects also while the first still runs, and in the last step', async () => {
    const hasty: Middleware<Log> = (_ctx, next) => Promise.all([next(), next()])
    await expect(compose<Log>([hasty, step('b')])({ log: [] })).rejects.toThrow(/^hasty called next\(\) more than once/)
    await expect(compose<Log>([hasty])({ log: [] }, async () => {})).rejects.toThrow(/^hasty called/)
  })
})

describe('a step that does not await next()', () => {
  const slow: Middleware<unknown> = () => Promise.resolve().then(() => {})
  const careless: Middleware<unknown> = (_ctx, next) => {
    void next()
  }

  test('is warned of with its name, once', async () => {
    const warnings: string[] = []
    const run = compose([careless, slow], { onUnawaited: message => warnings.push(message) })
    for (let i = 0; i < 3; i++) await run({})
    expect(warnings).toEqual([expect.stringMatching(/^careless ended before the rest of its chain did/)])
  })

  test('is looked for in the first 100 runs', async () => {
    let runs = 0
    const carelessIn = (bad: number): Middleware<unknown> =>
      function seldom(_ctx, next) {
        const rest = next()
        return ++runs === bad ? undefined : rest
      }
    const warnings: string[] = []
    const runOften = async (bad: number): Promise<void> => {
      runs = 0
      const run = compose([carelessIn(bad), slow], { onUnawaited: message => warnings.push(message) })
      for (let i = 0; i < 101; i++) await run({})
    }
    await runOften(101)
    expect(warnings).toEqual([])
    await runOften(100)
    expect(warnings).toHaveLength(1)
  })

  test('does not end the process with what is thrown after it, and the error is told', async () => {
    const warnings: string[] = []
    const failing: Middleware<unknown> = async () => {
      await turn()
      throw new Error('session=very-secret')
    }
    const run = compose([careless, failing], { onUnawaited: message => warnings.push(message) })
    for (let i = 0; i < 150; i++) await run({})
    await turn()
    await turn()
    expect(warnings.filter(text => text.startsWith('An error was lost, because careless'))).toHaveLength(150)
    expect(warnings.join()).not.toContain('very-secret')
  })

  test('is called a middleware where it has no name', async () => {
    const warnings: string[] = []
    const onUnawaited = (message: string): void => void warnings.push(message)
    await compose([(_ctx, next) => void next(), slow], { onUnawaited })({})
    expect(warnings).toEqual([expect.stringMatching(/^a middleware ended before/)])
  })

  test('is told of each once, where there are several', async () => {
    const warnings: string[] = []
    const hasty: Middleware<unknown> = (_ctx, next) => void next()
    const run = compose([careless, hasty, slow], { onUnawaited: message => warnings.push(message) })
    for (let i = 0; i < 3; i++) await run({})
    expect(warnings.map(text => text.split(' ')[0]).toSorted()).toEqual(['careless', 'hasty'])
  })

  test('and is careless for the first time later does not end the process, where what follows throws at once', async () => {
    const lost = vi.fn()
    process.on('unhandledRejection', lost)
    try {
      let runs = 0
      const late: Middleware<unknown> = async (_ctx, next) => {
        if (++runs > 100) void next()
        else await next()
      }
      const failing = (): void => {
        if (runs > 100) throw new Error('at once')
      }
      const run = compose([late, failing])
      for (let i = 0; i < 101; i++) await run({})
      await new Promise(resolve => setImmediate(resolve))
      expect(lost).not.toHaveBeenCalled()
    } finally {
      process.off('unhandledRejection', lost)
    }
  })

  test.each<[string, Middleware<unknown>]>([
    ['awaits', async (_ctx, next) => void (await next())],
    ['catches', (_ctx, next) => next().catch(() => {})],
  ])('one that %s it loses no error', async (_how, good) => {
    const warnings: string[] = []
    const failing: Middleware<unknown> = async () => {
      await turn()
      throw new Error('seen')
    }
    await compose([good, failing], { onUnawaited: message => warnings.push(message) })({}).catch(() => {})
    await turn()
    expect(warnings).toEqual([])
  })

  test('is told by a process warning where nobody else is told', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    await compose([careless, slow])({})
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('careless'), { code: 'DINGWARE_NEXT' })
  })

  test.each([
    ['awaits', async (_ctx: unknown, next: Next) => void (await next())],
    ['returns', (_ctx: unknown, next: Next) => next()],
    ['leaves out', () => {}],
    ['catches', (_ctx: unknown, next: Next) => next().catch(() => {})],
  ])('one that %s it is not warned of', async (_how, good) => {
    const warnings: string[] = []
    await compose<unknown>([good, slow], { onUnawaited: message => warnings.push(message) })({})
    expect(warnings).toEqual([])
  })
})

test('an outer next that throws makes the chain reject', async () => {
  const outer = (): never => {
    throw new Error('outer')
  }
  const caught: unknown[] = []
  const catching: Middleware<unknown> = (_ctx, next) => next().catch(error => caught.push(error.message))
  await compose([catching])({}, outer)
  expect(caught).toEqual(['outer'])
})
