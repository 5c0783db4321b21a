import * as v from 'valibot'
import { expect, test } from 'vitest'
import { message } from '../../fixtures/messages.ts'
import { createBot } from '../bot/bot.ts'
import { defineAction } from './action/action.ts'
import { createComposer } from './composer.ts'
import { definePlugin } from './plugin/plugin.ts'

/** As JavaScript sees a bot: nothing keeps anybody from anything. */
type Loose = Record<string, (...args: readonly unknown[]) => unknown>
const looseBot = (): Loose => createBot() as unknown as Loose

const plugin = definePlugin<object>({ name: 'clock', install() {} })
const yes = (): boolean => true

test.each<readonly [method: string, args: readonly unknown[], message: string]>([
  ['use', ['x'], "Handler 1 of use('x') is no function but a string"],
  ['use', [() => {}, undefined], 'Handler 2 of use('],
  ['use', [Promise.resolve()], 'is no function but a promise'],
  ['on', ['chatbot:text', {}], "Handler 1 of on('chatbot:text') is no function but an object"],
  ['on', [['chatbot', 'card'], () => {}, null], "Handler 2 of on('chatbot', 'card') is no function but null"],
  ['command', ['go', 7], "Handler 1 of command('go') is no function but a number"],
  ['hears', [/hi/, 'hello'], 'Handler 1 of hears(/hi/) is no function but a string'],
  ['action', ['ok', []], "Handler 1 of action('ok') is no function but a list"],
  ['action', [defineAction('ok', v.unknown()), 'x'], 'Handler 1 of action(ok) is no function but a string'],
  ['use', [() => {}, { name: '', id: 'me' }], 'Handler 2 of use(…, me) is no function but an object'],
  ['use', [true], 'Handler 1 of use(…) is no function but true'],
  ['filter', [yes, {}], 'Handler 1 of filter(yes)'],
  ['branch', [() => {}, 'x', () => {}], 'Handler 1 of branch()'],
  ['branch', [{}, () => {}, () => {}], 'The predicate of branch() is no function'],
  ['route', [{}, {}], 'The router of route() is no function'],
  ['route', [yes, {}, null], 'Handler 1 of route() is no function but null'],
  ['filter', ['yes'], 'The predicate of filter() is no function'],
  ['branch', [yes, () => {}, plugin], 'Handler 2 of branch() is no function but a plugin'],
  ['route', [yes, { a: 'b' }], 'Handler 1 of route()'],
  ['fork', [{}], 'Handler 1 of fork()'],
  ['derive', [{}], 'The argument of derive() is no function'],
  ['lazy', [createComposer()], 'The factory of lazy() is no function'],
  ['errorBoundary', [undefined], 'The handler of errorBoundary() is no function'],
  ['errorBoundary', [() => {}, 'x'], 'Handler 1 of errorBoundary()'],
  ['catch', [{}], 'The handler of catch() is no function'],
  ['onStart', ['x'], 'The hook of onStart() is no function'],
  ['onStop', [], 'The hook of onStop() is no function but undefined'],
  ['onState', [{}], 'The listener of onState() is no function'],
  ['on', [() => {}], 'a query is a text such as'],
  ['hears', [7, () => {}], 'is neither a text nor a pattern but a number'],
  ['command', [undefined, () => {}], 'the name of a command is a text, not undefined'],
])('%s(%o) is refused where it is written', (method, args, problem) => {
  expect(() => looseBot()[method]?.(...args)).toThrow(TypeError)
  expect(() => looseBot()[method]?.(...args)).toThrow(problem)
})

test('what is refused leaves nothing behind that start() would fall over', async () => {
  const bot = createBot()
  expect(() => bot.on('chatbot', {} as never)).toThrow(TypeError)
  expect(() => bot.use({} as never)).toThrow(TypeError)
  expect(await bot.handle(message())).toMatchObject({ code: 200 })
})

test('functions, composers and plugins are handlers', () => {
  expect(() =>
    createBot()
      .use(() => {}, createComposer())
      .use(plugin),
  ).not.toThrow()
  expect(() => looseBot().on?.('chatbot', createComposer(), plugin)).not.toThrow()
})

test('what lazy() makes and cannot run fails its update, by name', async () => {
  const caught: unknown[] = []
  const bot = createBot().catch(error => void caught.push(error.cause))
  bot.lazy((() => 'step') as never)
  await bot.handle(message())
  expect(caught).toEqual([expect.objectContaining({ message: expect.stringContaining('of what lazy() made') })])
})

test.each<readonly [method: string, args: readonly unknown[], call: string]>([
  ['on', ['chatbot:text', () => {}], "on('chatbot:text')"],
  ['command', ['go', () => {}], "command('go')"],
  ['hears', [/hi/, () => {}], 'hears(/hi/)'],
  ['action', ['ok', () => {}], "action('ok')"],
  ['use', [function greet() {}], 'use(greet)'],
  ['fork', [() => {}], 'fork()'],
  ['derive', [() => ({})], 'derive()'],
  ['filter', [yes, () => {}], 'filter(yes)'],
  ['branch', [yes, () => {}, () => {}], 'branch()'],
  ['route', [yes, {}], 'route()'],
  ['lazy', [() => []], 'lazy()'],
  ['errorBoundary', [() => {}, () => {}], 'errorBoundary()'],
])('%s after the start is called by its name', async (method, args, call) => {
  const bot = createBot()
  await bot.handle(message())
  expect(() => (bot as unknown as Loose)[method]?.(...args)).toThrow(`${call} was added too late`)
})
