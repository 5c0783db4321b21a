import { createLogger, type Logger } from '@dingware/transport'
import { expectTypeOf, test } from 'vitest'
import type { Middleware } from '../../composer/compose/compose.ts'
import type { Context } from '../../context/context.ts'
import { logger } from './logger.ts'

test('logger() makes middleware', () => {
  expectTypeOf(logger()).toEqualTypeOf<Middleware<Context>>()
  logger({ log: console.log })
  logger({ log: (line, { ms, outcome }) => expectTypeOf([line, ms, outcome]).toBeArray() })
  // @ts-expect-error: there is no such field
  logger({ log: (_line, { text }) => text })
  // @ts-expect-error: `log` is a function
  logger({ log: 'stdout' })
})

test('createLogger() makes the default logger', () => {
  expectTypeOf(createLogger('notices')).toEqualTypeOf<Logger>()
  // @ts-expect-error: it has a name
  createLogger()
})
