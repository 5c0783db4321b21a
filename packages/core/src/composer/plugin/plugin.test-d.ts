import type { Logger } from '@dingware/transport'
import { expectTypeOf, test } from 'vitest'
import type { Api } from '../../api/api.ts'
import { createBot } from '../../bot/bot.ts'
import type { Context } from '../../context/context.ts'
import type { Store } from '../../store/store.ts'
import { definePlugin, type Plugin } from './plugin.ts'

interface Clock {
  now(): number
}

test('definePlugin() makes a plugin that widens the context', () => {
  const clock = definePlugin<Clock>({
    name: 'clock',
    install(host) {
      expectTypeOf(host.api).toExtend<Api>()
      expectTypeOf(host.store).toExtend<Store>()
      expectTypeOf(host.logger).toEqualTypeOf<Logger>()
      expectTypeOf(host.robotCode()).toBeString()
      host.onStop(signal => expectTypeOf(signal).toEqualTypeOf<AbortSignal>())
      // @ts-expect-error: nothing else is told to a hook of onStop
      host.onStop((_signal: AbortSignal, timeout: number) => timeout)
      host.decorate({
        now() {
          // `this` is the context, with what the plugin adds.
          expectTypeOf(this.text).toBeString()
          return this.now()
        },
      })
    },
    middleware: (ctx, next) => {
      expectTypeOf(ctx.now()).toBeNumber()
      return next()
    },
  })
  expectTypeOf(clock).toEqualTypeOf<Plugin<Clock>>()
  createBot()
    .use(clock)
    .use(ctx => expectTypeOf(ctx.now()).toBeNumber())
})

test('a plugin has to add what it promises', () => {
  definePlugin<Clock>({
    name: 'clock',
    install(host) {
      // @ts-expect-error: now() is missing
      host.decorate({})
      // @ts-expect-error: now() gives a number
      host.decorate({ now: () => 'noon' })
    },
  })
})

test('a plugin has a name and says what it installs', () => {
  // @ts-expect-error: without a name
  definePlugin<Clock>({ install() {} })
  // @ts-expect-error: without install
  definePlugin<Clock>({ name: 'clock' })
})

test('what a plugin needs is there in its middleware, and refused where it is not installed', () => {
  const needy = definePlugin<object, Context & Clock>({
    name: 'needy',
    install() {},
    middleware: (ctx, next) => {
      expectTypeOf(ctx.now()).toBeNumber()
      return next()
    },
  })
  // @ts-expect-error: there is no clock
  createBot().use(needy)
})
