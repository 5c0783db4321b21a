import { expectTypeOf, test } from 'vitest'
import { type Composed, compose, type Middleware, type Next } from './compose.ts'

interface Ctx {
  readonly log: string[]
}

test('compose() makes one function of many', () => {
  const run = compose<Ctx>([(ctx, next) => next().then(() => ctx.log.push('out'))])
  expectTypeOf(run).toEqualTypeOf<Composed<Ctx>>()
  expectTypeOf(run({ log: [] })).toEqualTypeOf<Promise<void>>()
  expectTypeOf<Next>().toEqualTypeOf<() => Promise<void>>()
})

test('a chain is run with its context, and with nothing less', () => {
  // @ts-expect-error: the context lacks its log
  compose<Ctx>([])({})
  // @ts-expect-error: a chain is made of functions
  compose<Ctx>(['step'])
  // @ts-expect-error: next takes nothing
  compose<Ctx>([(_ctx, next) => next(1)])
})

test('a step that needs less fits into a chain that has more, and not the other way round', () => {
  const needsLog: Middleware<Ctx> = () => {}
  compose<Ctx & { readonly more: number }>([needsLog])
  // @ts-expect-error: this chain has no log
  compose<object>([needsLog])
})
