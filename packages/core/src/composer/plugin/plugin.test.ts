import { expect, test, vi } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import type { ApiMiddleware } from '../../api/api-call.ts'
import { createBot } from '../../bot/bot.ts'
import type { Context } from '../../context/context.ts'
import { memoryStore } from '../../store/memory-store.ts'
import { testBot } from '../../testing/index.ts'
import { createComposer } from '../composer.ts'
import { definePlugin, type Plugin } from './plugin.ts'

interface ShoutFlavor {
  readonly loud: string
  shout(): string
}

const shout = (): Plugin<ShoutFlavor> =>
  definePlugin<ShoutFlavor>({
    name: 'shout',
    install: host =>
      host.decorate({
        get loud() {
          return this.text.toUpperCase()
        },
        shout() {
          return `${this.loud}!`
        },
      }),
  })

test('a plugin decorates every context, getters included; `this` is the context', async () => {
  const heard: string[] = []
  const bot = createBot()
    .use(shout())
    .use(ctx => void heard.push(ctx.shout()))
  await bot.handle(message({ text: 'one' }))
  await bot.handle(message({ text: 'two' }))
  expect(heard).toEqual(['ONE!', 'TWO!'])
})

test('nothing is allocated per helper per update: contexts share the function and own none', async () => {
  const seen: (Context & ShoutFlavor)[] = []
  const bot = createBot()
    .use(shout())
    .use(ctx => void seen.push(ctx))
  await bot.handle(message())
  await bot.handle(message())
  const [one, two] = seen
  expect(one).not.toBe(two)
  expect(one?.shout).toBe(two?.shout)
  for (const ctx of seen) {
    expect(Object.hasOwn(ctx, 'shout')).toBe(false)
    expect(Object.hasOwn(ctx, 'loud')).toBe(false)
  }
})

test('a plugin decorates the contexts of its own bot, and of no other', async () => {
  const seen: boolean[] = []
  const note = (ctx: Context): void => void seen.push('shout' in ctx)
  await createBot().use(shout()).use(note).handle(message())
  await createBot().use(note).handle(message())
  expect(seen).toEqual([true, false])
})

test('middleware of a plugin runs where the plugin was mounted', async () => {
  const order: string[] = []
  const plugin = definePlugin({
    name: 'p',
    install: () => {},
    middleware: async (_ctx, next) => {
      order.push('plugin in')
      await next()
      order.push('plugin out')
    },
  })
  const bot = createBot()
  bot.use((_ctx, next) => {
    order.push('before')
    return next()
  })
  bot.use(plugin).use(() => void order.push('after'))
  await bot.handle(message())
  expect(order).toEqual(['before', 'plugin in', 'after', 'plugin out'])
})

test('onStart and onStop hooks run in a bot that is stopped, api and store are those of the bot', async () => {
  const stopped = vi.fn()
  let host: { readonly api: unknown; readonly store: unknown } | undefined
  const bot = createBot()
  bot.use(
    definePlugin({
      name: 'p',
      install(given) {
        host = given
        given.onStop(stopped)
      },
    }),
  )
  await bot.handle(message())
  expect(host?.api).toBe(bot.api)
  expect(host?.store).toMatchObject({ get: expect.any(Function), add: expect.any(Function) })
  await bot.stop()
  expect(stopped).toHaveBeenCalledOnce()
})

test('outgoing steps of a plugin see every call, in the order of mounting', async () => {
  const paths: string[] = []
  const step =
    (name: string): ApiMiddleware =>
    (call, next) => {
      paths.push(`${name} ${call.path}`)
      return next()
    }
  const plugin = (name: string): Plugin<object> => definePlugin({ name, install: host => host.outgoing(step(name)) })
  const bot = createBot().use(plugin('a')).use(plugin('b'))
  bot.use(ctx => ctx.api.call({ method: 'GET', path: '/v1.0/x' }))
  const kit = testBot(bot)
  kit.mock('/v1.0/x', () => ({}))
  await kit.user('Alice').say('hi')
  expect(paths).toEqual(['a /v1.0/x', 'b /v1.0/x'])
})

test('a plugin that several features use is installed once, as the bot itself has it', async () => {
  const installed: string[] = []
  const plugin = (from: string): Plugin<object> =>
    definePlugin({ name: 'shared', install: () => void installed.push(from) })
  const bot = createBot()
  bot.use(createComposer().use(plugin('one')), createComposer().use(plugin('two'))).use(plugin('bot'))
  await bot.handle(message())
  expect(installed).toEqual(['bot'])
})

test('two plugins that add the same helper are refused, with the name of the helper', async () => {
  const plugin = (name: string): Plugin<{ hi(): void }> =>
    definePlugin<{ hi(): void }>({ name, install: host => host.decorate({ hi() {} }) })
  const bot = createBot().use(plugin('a')).use(plugin('b'))
  await expect(bot.handle(message())).rejects.toThrow('The plugin b adds ctx.hi')
  await expect(bot.start()).rejects.toThrow('The plugin b adds ctx.hi')
})

test('hooks run in the order of mounting when the bot starts; what began last ends first', async () => {
  const order: string[] = []
  const plugin = (name: string): Plugin<object> =>
    definePlugin({
      name,
      install(host) {
        host.onStart(() => void order.push(`start ${name}`))
        host.onStop(() => void order.push(`stop ${name}`))
      },
    })
  const bot = createBot({ clientId: '', clientSecret: '' }).use(plugin('a')).use(plugin('b'))
  bot.onStart(() => void order.push('start bot')).onStop(() => void order.push('stop bot'))
  // There is no credential, but the hooks come first.
  await expect(bot.start()).rejects.toThrow('credential')
  await bot.stop()
  expect(order).toEqual(['start a', 'start b', 'start bot', 'stop bot', 'stop b', 'stop a'])
})

test('helpers may keep state in the store of the bot, for each person', async () => {
  const store = memoryStore()
  const language = definePlugin<{ readonly language: Promise<unknown>; speak(language: string): Promise<void> }>({
    name: 'language',
    install(host) {
      const key = (ctx: Context): string => `language:${ctx.from?.id}`
      host.decorate({
        get language() {
          return host.store.get(key(this)).then(found => found?.value)
        },
        async speak(language) {
          await host.store.set(key(this), language)
        },
      })
    },
  })
  const bot = createBot({ store }).use(language)
  bot.command('speak', ctx => ctx.speak(ctx.args))
  bot.on('chatbot', async ctx => ctx.replyText(String(await ctx.language)))
  const { user } = testBot(bot)
  await user('Alice').say('/speak en')
  expect((await user('Alice').say('hi')).replies[0]?.text).toBe('en')
  expect((await user('Bob').say('hi')).replies[0]?.text).toBe('undefined')
  expect(await store.get('language:$:LWCP_v1:$user-Alice')).toMatchObject({ value: 'en' })
})

test('a plugin writes into the log of the bot, else under its own name, and knows its robot', async () => {
  const told = definePlugin({
    name: 'told',
    install: ({ logger, robotCode }) => logger.warn(`${robotCode()} is installed`),
  })
  const logger = recordingLogger()
  await createBot({ logger, robotCode: 'dingrobot' }).use(told).handle(message())
  expect(logger.complaints).toEqual(['dingrobot is installed {}'])

  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await createBot({ clientId: 'dingapp', clientSecret: 's' }).use(told).handle(message())
  expect(stderr.mock.lastCall?.[0]).toContain('dingware:told WARN dingapp is installed')
})
