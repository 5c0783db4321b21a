import { fileURLToPath } from 'node:url'
import { textOf } from '@dingware/simulator'
import { beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { startProxy } from '../../packages/transport/src/testing/proxy.ts'
import { DOWNLOAD_TIME, type FoundRuntime, findRuntime, pathOrSkip } from './runtime.ts'
import { answerTo, askForCard, clickOn, pathsOf } from './runtimes/conversation.ts'
import { connected, type StartedBot, type StartOptions, startBot } from './runtimes/started-bot.ts'

const bot = fileURLToPath(new URL('runtimes/bot.js', import.meta.url))
/** What Deno has to permit; nothing is read, and nothing asked of the system. */
const deno = ['run', '--no-prompt', '--no-lock', '--allow-net', '--allow-env']

describe.each([
  { name: 'bun', version: '1.4.5', whereIs: ['-p', 'process.execPath'], args: [] },
  { name: 'deno', version: '2.9.6', whereIs: ['eval', 'console.log(Deno.execPath())'], args: deno },
])('a bot on $name $version', ({ args, ...runtime }) => {
  let found: FoundRuntime
  beforeAll(async () => {
    found = await findRuntime(runtime)
  }, DOWNLOAD_TIME)

  function start({ skip }: TestContext, options?: StartOptions): Promise<StartedBot> {
    return startBot([pathOrSkip(found, skip), ...args, bot], options)
  }

  test('answers through the session webhook, and keeps sessions', async context => {
    await using started = await start(context)
    await connected(started)
    const { sim } = started
    expect(await answerTo(sim, 'hello')).toBe('hello 1')
    expect(await answerTo(sim, 'hello')).toBe('hello 2')
    expect(pathsOf(sim)).toContain('/robot/sendBySession')
    expect(sim.violations).toEqual([])
  })

  test('streams an AI card, and handles a click on it', async context => {
    await using started = await start(context)
    await connected(started)
    const { sim } = started
    const card = await askForCard(sim)
    expect(card.status).toBe('finished')
    expect(Object.values(card.viewFor(sim.user('Alice')))).toContain('one two three')
    expect(pathsOf(sim)).toContain('/v1.0/card/streaming')
    expect(textOf(await clickOn(sim, card))).toBe('liked')
  })

  test('sends files and fetches them', async context => {
    await using started = await start(context)
    await connected(started)
    const { sim } = started
    const alice = sim.user('Alice')
    const { mediaId } = JSON.parse(await answerTo(sim, '/file'))
    expect(sim.media(mediaId)?.bytes).toHaveLength(100_000)
    const sent = await alice.send({ msgtype: 'picture', file: { name: 'a.png', bytes: new Uint8Array(200_000) } })
    expect(textOf(await sent.reply())).toBe('200000 bytes')
  })

  test('answers each of many messages that come at once', async context => {
    await using started = await start(context)
    await connected(started)
    const { sim } = started
    const people = Array.from({ length: 9 }, (_, i) => `person ${i}`)
    expect(await Promise.all(people.map(nick => answerTo(sim, nick, nick)))).toEqual(people.map(nick => `${nick} 1`))
    expect(sim.violations).toEqual([])
  })

  test.for(['drop', 'reset', 'disconnect'] as const)('connects again after a %s', async (fault, context) => {
    await using started = await start(context)
    await connected(started)
    const { sim } = started
    const [before] = sim.connections
    sim.faults[fault]()
    await sim.until(() => sim.connections.some(({ id, state }) => state === 'open' && id !== before?.id))
    expect(await answerTo(sim, 'again')).toBe('again 1')
  })

  test('goes through a proxy, over TLS of an authority that it is told of', async context => {
    await using proxy = await startProxy()
    await using started = await start(context, {
      tls: true,
      env: ({ certificate = '' }) => ({ BOT_PROXY: proxy.url, BOT_CA: certificate }),
    })
    await connected(started)
    expect(await answerTo(started.sim, 'hello')).toBe('hello 1')
    // One tunnel for the calls and one for the socket.
    expect(new Set(proxy.targets)).toEqual(new Set([new URL(started.sim.url).host]))
    expect(proxy.targets.length).toBeGreaterThan(1)
  })

  test('trusts no other authority', async context => {
    await using started = await start(context, { tls: true })
    await started.child.printed('give its certificate as `tls.ca`')
    expect(started.sim.calls).toEqual([])
  })

  test('ends by itself when it is told to', async context => {
    await using started = await start(context)
    await connected(started)
    started.child.process.kill('SIGTERM')
    expect(await started.child.closed).toBe(0)
    expect(started.child.output()).toBe('stopped\n')
  })
})
