import { createSimulator, type Simulator } from '@dingware/simulator'
import { describe, expect, test } from 'vitest'
import { programAfter, programBefore } from './migrate/node-rows.ts'
import { fileOf, playAfter, playBefore } from './migrate/node-run.ts'
import type { NodeScenario } from './migrate/node-scenarios.ts'
import { startOldBot } from './migrate/old-bot.ts'
import { callsOf } from './migrate/stage.ts'

const OPEN = '/v1.0/gateway/connections/open'
/** Milliseconds; each of these starts a process. */
const PATIENCE = { timeout: 60_000 }

const answerBefore = `
client.registerCallbackListener(TOPIC_ROBOT, async ({ data }) => {
  const { text, sessionWebhook } = JSON.parse(data)
  if (text.content.trim() === 'bad') throw new Error('bad')
  await axios.post(sessionWebhook, { msgtype: 'text', text: { content: 'heard' } })
})`
const answerAfter = `
bot.catch(() => {})
bot.on('chatbot', async ctx => {
  if (ctx.text === 'bad') throw new Error('bad')
  await ctx.replyText('heard')
})`
const [before, after] = [programBefore(answerBefore, false), programAfter(answerAfter, false)]

/** How many messages were pushed to the bot. */
function pushesOf({ frames }: Simulator): number {
  return frames.filter(({ raw }) => raw.includes('"type":"CALLBACK"')).length
}

describe('what the guide for those who come from the Node SDK calls different', () => {
  test(
    'a listener that throws ends the old process; a handler that throws is reported, and the bot runs on',
    PATIENCE,
    async () => {
      await using sim = await createSimulator()
      await using old = startOldBot(sim, await fileOf(before, 'mjs'))
      await sim.connected(1, { timeout: 60_000 })
      await sim.user('Alice').say('bad')
      expect(await old.closed).toBe(1)
      const goesOn: NodeScenario = async stage => {
        await stage.sim.user('Alice').say('bad')
        return (await (await stage.sim.user('Alice').say('hi')).reply()).content
      }
      expect(await playAfter(after, goesOn)).toEqual({ kind: 'text', text: 'heard' })
    },
  )

  test('a message that was not answered comes again after a minute; here it was answered', PATIENCE, async () => {
    const minute: NodeScenario = async ({ sim }) => {
      const said = await sim.user('Alice').say('hi')
      await said.reply()
      // The push is given up before it is planned again.
      const { status } = await said.ack
      const first = pushesOf(sim)
      sim.clock.advance(60_000)
      if (status !== 'acked') await sim.until(() => pushesOf(sim) > first)
      return status
    }
    expect(await playBefore(before, minute)).not.toBe('acked')
    expect(await playAfter(after, minute)).toBe('acked')
  })

  test('what comes twice was handled twice, and is handled once', PATIENCE, async () => {
    const twice: NodeScenario = async ({ sim }) => {
      sim.faults.push({ fault: 'duplicate' })
      await sim.user('Alice').say('hi')
      await sim.until(() => pushesOf(sim) === 2)
      await (await sim.user('Bob').say('end')).reply()
      return sim.messages.filter(
        ({ from, conversationId }) => from.kind === 'bot' && conversationId === sim.messages[0]?.conversationId,
      ).length
    }
    expect(await playBefore(before, twice)).toBe(2)
    expect(await playAfter(after, twice)).toBe(1)
  })

  test('the LATER of an async event listener went out as {}; that of a handler arrives', PATIENCE, async () => {
    const ackOf: NodeScenario = async ({ sim }) => {
      const { ack } = await sim.push({ type: 'EVENT', topic: '*', data: {}, headers: { eventType: 'user_add_org' } })
      return Object(await ack).data
    }
    const old = 'client.registerAllEventListener(async () => ({ status: EventAck.LATER }))'
    expect(await playBefore(programBefore(old, false), ackOf)).toBe('{}')
    const now = "bot.catch(() => {})\nbot.on('event', async () => { throw new Error('later') })"
    expect(await playAfter(programAfter(now, false), ackOf)).toContain('"LATER"')
  })

  test(
    'connect() resolved although the secret was refused, and went on; start() rejects and says what to check',
    PATIENCE,
    async () => {
      await using sim = await createSimulator()
      const program = `${before}\nconsole.log('resolved')`
      await using old = startOldBot(sim, await fileOf(program, 'mjs'), 'wrong')
      await old.printed('resolved')
      await sim.until(() => callsOf(sim, OPEN).length > 1)
      expect(
        old
          .output()
          .replace('resolved', '')
          .split('\n')
          .filter(line => line && !line.startsWith('dingware')),
      ).toEqual([])

      const { createBot } = await import('@dingware/core')
      const { clientId, url } = sim
      await using bot = createBot({ clientId, clientSecret: 'wrong', endpoint: url, oapiEndpoint: url }).on(
        'chatbot',
        () => {},
      )
      await expect(bot.start()).rejects.toThrow(/check clientId .* and clientSecret/)
    },
  )

  test('a rotation left a gap, and leaves none', PATIENCE, async () => {
    const rotation: NodeScenario = async ({ sim }) => {
      sim.rotate({ closeAfter: 1_000 })
      await sim.until(() => sim.connections.some(({ state }) => state === 'open'), { timeout: 60_000 })
      return sim.connections.length
    }
    // The old connection is gone before the new one is there; or both are there.
    expect(await playBefore(before, rotation)).toBe(1)
    expect(await playAfter(after, rotation)).toBe(2)
  })

  test('disconnect() had no effect while the client was about to reconnect; stop() has', PATIENCE, async () => {
    const leaving = `
client.socket.on('close', () => console.log('closed'))
process.once('SIGTERM', () => client.disconnect())`
    const dropped: NodeScenario = async ({ sim, terminate, printed }) => {
      // Its way back is barred until it has been told to leave: here it must not depend on who is faster.
      sim.faults.gateway.answer({ delay: 60_000 })
      sim.faults.drop()
      await printed('closed')
      await terminate()
      await printed('Disconnecting.')
      sim.faults.clear()
      sim.clock.advance(60_000)
      await sim.connected(1, { timeout: 60_000 })
    }
    await playBefore(`${before}${leaving}`, dropped)
    const stopped: NodeScenario = async ({ sim, terminate }) => {
      sim.faults.drop()
      await terminate()
      await sim.until(() => sim.connections.length === 0)
      const { delivery } = await sim.user('Alice').say('hi')
      return delivery.delivered
    }
    expect(await playAfter(`${after}\nprocess.once('SIGTERM', () => bot.stop())`, stopped)).toBe(false)
  })

  test('all events were subscribed; now it is what has a handler', PATIENCE, async () => {
    const subscriptions: NodeScenario = async ({ sim }) => Object(callsOf(sim, OPEN)[0]?.body).subscriptions
    const everything = { type: 'EVENT', topic: '*' }
    expect(await playBefore(before, subscriptions)).toContainEqual(everything)
    expect(await playAfter(after, subscriptions)).not.toContainEqual(everything)
  })

  test('each getAccessToken() asked for a token; now one is kept', PATIENCE, async () => {
    const asked: NodeScenario = async ({ sim }) =>
      sim.calls.filter(({ path }) => path === '/gettoken' || path === '/v1.0/oauth2/accessToken').length
    const twice = (token: string) => `\nawait ${token}\nawait ${token}\nconsole.log('asked')`
    const waiting =
      (scenario: NodeScenario): NodeScenario =>
      async stage => {
        await stage.printed('asked')
        return scenario(stage)
      }
    expect(await playBefore(before + twice('client.getAccessToken()'), waiting(asked))).toBe(2)
    expect(await playAfter(after + twice('bot.api.accessToken()'), waiting(asked))).toBe(1)
  })
})
