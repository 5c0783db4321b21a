import { describe, expect, test } from 'vitest'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import { createBot } from '../bot/bot.ts'
import { createChain } from '../bot/chain.ts'
import { memoryStore } from '../store/memory-store.ts'
import { TOPICS } from '../updates/update.ts'
import { type Composer, createComposer } from './composer.ts'
import { definePlugin } from './plugin/plugin.ts'

/** What a bot with this mounted would subscribe to. */
function topicsOf(composer: Composer, topics: readonly string[] = []): readonly string[] {
  const { api } = createBot()
  const logger = recordingLogger()
  const unused = () => Promise.reject(new Error('nobody waits, and nothing runs'))
  const { robotCode } = api
  const of = {
    api,
    store: memoryStore(),
    logger,
    pluginLogger: () => logger,
    robotCode,
    clientId: robotCode,
    conversationKey: () => undefined,
  }
  return createChain(composer['~state'], { topics, ...of, wait: unused, run: unused }).topics
}

const nothing = (): void => {}

describe('a query brings its stream topic', () => {
  test.each([
    ['chatbot', TOPICS.chatbot],
    ['chatbot:picture', TOPICS.chatbot],
    ['chatbot:quoted', TOPICS.chatbot],
    ['delegate', TOPICS.delegate],
    ['card', TOPICS.card],
    ['event', '*'],
    ['event:user_add_org', '*'],
    ['graph', TOPICS.graph],
    ['dynamicData', TOPICS.dynamicData],
    ['topic:/v1.0/some/thing', '/v1.0/some/thing'],
  ] as const)('on(%j) subscribes to %s', (query, topic) => {
    expect(topicsOf(createComposer().on(query, nothing))).toEqual([topic])
  })

  test('a query without handlers brings it too', () => {
    const composer = createComposer()
    composer.on('card')
    expect(topicsOf(composer)).toEqual([TOPICS.card])
  })

  test('commands and hears() bring the topic of messages, actions that of cards', () => {
    expect(topicsOf(createComposer().command('a', nothing))).toEqual([TOPICS.chatbot])
    expect(topicsOf(createComposer().hears('a', nothing))).toEqual([TOPICS.chatbot])
    expect(topicsOf(createComposer().action('a', nothing))).toEqual([TOPICS.card])
  })
})

describe('topics are collected from everything that is mounted', () => {
  const feature = (): Composer => createComposer().on('card', nothing)

  test.each<readonly [string, (root: Composer) => unknown]>([
    ['use()', root => root.use(feature())],
    ['use() of a composer in a composer', root => root.use(createComposer().use(createComposer().use(feature())))],
    ['a branch of on()', root => root.on('chatbot').use(feature())],
    ['a branch of filter()', root => root.filter(() => true).use(feature())],
    ['branch(), when it holds', root => root.branch(() => true, feature(), nothing)],
    ['branch(), when it does not', root => root.branch(() => true, nothing, feature())],
    ['route()', root => root.route(() => undefined, { a: feature() })],
    ['the fallback of route()', root => root.route(() => undefined, {}, feature())],
    ['fork()', root => root.fork().use(feature())],
    ['errorBoundary()', root => root.errorBoundary(nothing).use(feature())],
    ['a command', root => root.command('a').use(feature())],
    ['hears()', root => root.hears('a').use(feature())],
    ['an action', root => root.action('a').use(feature())],
    ['derive()', root => root.derive(() => ({ a: 1 })).use(feature())],
  ])('%s', (_what, mountOn) => {
    const root = createComposer()
    mountOn(root)
    expect(topicsOf(root)).toContain(TOPICS.card)
  })

  test('also what is added to a branch after the branch was mounted', () => {
    const root = createComposer()
    const branch = createComposer()
    root.use(branch)
    branch.on('graph', nothing)
    expect(topicsOf(root)).toEqual([TOPICS.graph])
  })

  test('each topic is subscribed once, and the option `topics` adds to them', () => {
    const root = createComposer().on(['chatbot', 'chatbot:text'], nothing).use(createComposer().on('chatbot', nothing))
    expect(topicsOf(root, ['/v1.0/own', TOPICS.chatbot])).toEqual([TOPICS.chatbot, '/v1.0/own'])
  })

  test('plugins subscribe what no query names', () => {
    const plugin = definePlugin({ name: 'p', install: host => host.subscribe('/v1.0/a', '/v1.0/b') })
    expect(topicsOf(createComposer().use(plugin))).toEqual(['/v1.0/a', '/v1.0/b'])
  })

  test('events are subscribed only when an event query or `topics` asks for them', () => {
    const root = createComposer().on(['chatbot', 'card', 'graph', 'dynamicData', 'delegate'], nothing)
    root.use(nothing).lazy(() => nothing)
    expect(topicsOf(root)).not.toContain('*')
    expect(topicsOf(createComposer(), ['*'])).toEqual(['*'])
  })
})
