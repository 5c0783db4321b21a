import { createHash } from 'node:crypto'
import { createDeferred } from '@dingware/transport'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { evidenceNamed } from '../../../fixtures/evidence.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { useSimulator } from '../../../fixtures/simulated-bot.ts'
import { TOPICS } from '../../updates/update.ts'
import { createBot } from '../bot.ts'
import { createEncryption, type EncryptionOptions, type Sealed } from './encryption.ts'
import { type WebhookHandler, webhook } from './webhook.ts'

/** The platform's own example for trying an address out (ddtalk/dingTalkDoc, "调试工具"). */
const KEYS: EncryptionOptions = { token: '123456', aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij' }
const QUERY = 'signature=5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0&timestamp=1445827045067&nonce=nEXhMP4r'
const ENCRYPT =
  '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ=='
const OWNER = 'suite4xxxxxxxxxxxxxxx'

const encryption = createEncryption(KEYS)
const READ = evidenceNamed('events', 'A HTTP robot_msg_read').data as Record<string, unknown>

function post(query: string, body: unknown): Request {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Request(`https://bot.example/events?${query}`, { method: 'POST', body: text })
}

const queryOf = ({ msg_signature, timeStamp: timestamp, nonce }: Sealed): string =>
  String(new URLSearchParams({ msg_signature, timestamp, nonce }))

/** As the platform pushes it. */
function pushOf(event: unknown, seal = encryption.seal): Request {
  const sealed = seal(JSON.stringify(event), OWNER)
  return post(queryOf(sealed), { encrypt: sealed.encrypt })
}

/** What an answer says, read as the platform would. */
async function openedAnswer(response: Response): Promise<unknown> {
  const sealed = (await response.json()) as Sealed
  return encryption.open(new URLSearchParams(queryOf(sealed)), sealed.encrypt)
}

const plain = (bot: Parameters<typeof webhook>[0]): WebhookHandler =>
  webhook(bot, { topic: TOPICS.event, verify: () => true })

describe('the encryption', () => {
  test("opens the platform's own example", () => {
    expect(encryption.open(new URLSearchParams(QUERY), ENCRYPT)).toEqual({
      text: '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}',
      owner: OWNER,
    })
  })

  test('signs what it seals by the sorted parts', () => {
    const { msg_signature, timeStamp, nonce, encrypt } = encryption.seal('success', OWNER)
    const parts = [KEYS.token, timeStamp, nonce, encrypt].sort().join('')
    expect(msg_signature).toBe(createHash('sha1').update(parts).digest('hex'))
  })

  test('opens what it has sealed, whatever its length', () => {
    const survives = (text: string, owner: string): void => {
      const sealed = encryption.seal(text, owner)
      const opened = encryption.open(new URLSearchParams(queryOf(sealed)), sealed.encrypt)
      expect(opened).toEqual({ text, owner })
    }
    const anyText = fc.string({ unit: 'grapheme', maxLength: 100 })
    fc.assert(fc.property(anyText, anyText, survives))
  })

  test('never throws, whatever it is given', () => {
    const reads = (cipher: Uint8Array): void => {
      const encrypt = Buffer.from(cipher).toString('base64')
      const signature = createHash('sha1').update([KEYS.token, '', '', encrypt].sort().join('')).digest('hex')
      expect(encryption.open(new URLSearchParams({ signature }), encrypt)).toBeTypeOf('object')
    }
    const blocks = fc.integer({ min: 0, max: 8 }).chain(n => fc.uint8Array({ minLength: n * 16, maxLength: n * 16 }))
    fc.assert(fc.property(fc.oneof(blocks, fc.uint8Array({ maxLength: 100 })), reads))
  })

  test.each([
    ['a token', { token: '', aesKey: KEYS.aesKey }, /token.*is empty/],
    ['a key of 43 characters', { ...KEYS, aesKey: 'tooshort' }, /aesKey.*43/],
    ['both of them', { token: 'x' } as EncryptionOptions, /needs both/],
  ])('wants %s', (_what, keys, message) => {
    const attempt = (): unknown => webhook(createBot(), { encryption: keys })
    expect(attempt).toThrow(TypeError)
    expect(attempt).toThrow(message)
  })
})

describe('an encrypted push', () => {
  test('reaches the handler of its event, and is answered with an encrypted `success`', async () => {
    const seen: unknown[] = []
    const bot = createBot().on('event:robot_msg_read', ctx => void seen.push(ctx.event.data.userId))
    const response = await webhook(bot, { encryption: KEYS })(pushOf(READ))
    expect(response.status).toBe(200)
    expect(await openedAnswer(response)).toEqual({ text: 'success', owner: OWNER })
    expect(seen).toEqual(['manager'])
  })

  test('that tries the address of a suite is answered with its random text, and handled by nobody', async () => {
    const seen: unknown[] = []
    const handler = webhook(
      createBot().on('event', ctx => void seen.push(ctx)),
      { encryption: KEYS },
    )
    expect(await openedAnswer(await handler(post(QUERY, { encrypt: ENCRYPT })))).toMatchObject({ text: 'LPIdSnlF' })
    const update = pushOf({ EventType: 'check_update_suite_url', Random: 'abc', TestSuiteKey: OWNER })
    expect(await openedAnswer(await handler(update))).toMatchObject({ text: 'abc' })
    expect(await openedAnswer(await handler(pushOf({ EventType: 'check_url' })))).toMatchObject({ text: 'success' })
    expect(seen).toEqual([])
  })

  test('is pushed again when its handler failed', async () => {
    let runs = 0
    const bot = createBot({ logger: recordingLogger() }).on('event', () => {
      if (runs++ === 0) throw new Error('not yet')
    })
    const handler = webhook(bot, { encryption: KEYS })
    expect((await handler(pushOf(READ))).status).toBe(503)
    expect((await handler(pushOf(READ))).status).toBe(200)
    expect((await handler(pushOf(READ))).status).toBe(200)
    expect(runs).toBe(2)
  })

  test('whose handler takes too long is pushed again, and runs once', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const end = createDeferred()
    let runs = 0
    const bot = createBot().on('event', async () => {
      runs++
      await end.promise
    })
    const handler = webhook(bot, { encryption: KEYS })
    const first = handler(pushOf(READ))
    await vi.advanceTimersByTimeAsync(2_400)
    expect((await first).status).toBe(503)
    expect((await handler(pushOf(READ))).status).toBe(503)
    end.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect((await handler(pushOf(READ))).status).toBe(200)
    expect(runs).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that the bot answers early is not pushed again, however long its handler takes', async () => {
    const end = createDeferred()
    const bot = createBot({ ack: { event: 'early' } }).on('event', () => end.promise)
    const handler = webhook(bot, { encryption: KEYS })
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const response = handler(pushOf(READ))
    await vi.advanceTimersByTimeAsync(2_400)
    expect((await response).status).toBe(200)
    end.resolve()
  })

  const stranger = createEncryption({ ...KEYS, token: 'another' }).seal
  const wrongKey = createEncryption({ ...KEYS, aesKey: `5${KEYS.aesKey.slice(1)}` }).seal
  test.each<[string, Request, number, RegExp]>([
    ['signed with another token', pushOf(READ, stranger), 403, /signature/],
    ['encrypted with another key', pushOf(READ, wrongKey), 403, /aesKey/],
    ['whose text was changed', post(QUERY, { encrypt: ENCRYPT.replace('1a3N', '1a3M') }), 403, /signature/],
    ['whose time was changed', post(QUERY.replace('1445', '1446'), { encrypt: ENCRYPT }), 403, /signature/],
    ['without a signature', post('', { encrypt: ENCRYPT }), 403, /signature/],
    ['that is not encrypted', post(QUERY, READ), 400, /no `encrypt`/],
    ['whose ciphertext is no text', post(QUERY, { encrypt: 7 }), 400, /no `encrypt`/],
    ['that is no JSON', post(QUERY, '{"encrypt":'), 400, /no `encrypt`/],
    ['that is empty', post(QUERY, ''), 400, /no `encrypt`/],
    ['that is too large', post(QUERY, 'x'.repeat(2_000)), 413, /too large/],
  ])('%s is refused, with one line in the log', async (_name, request, status, why) => {
    const logger = recordingLogger()
    const seen: unknown[] = []
    const bot = createBot({ logger }).on('event', ctx => void seen.push(ctx))
    const response = await webhook(bot, { encryption: KEYS, maxBody: 1_000 })(request)
    expect(response.status).toBe(status)
    expect(logger.complaints).toEqual([expect.stringMatching(why)])
    expect(logger.complaints.join()).not.toContain(KEYS.token)
    expect(seen).toEqual([])
  })

  test('that comes to an address without `encryption` is refused by the name of what is missing', async () => {
    const logger = recordingLogger()
    const response = await plain(createBot({ logger }))(post(QUERY, { encrypt: ENCRYPT }))
    expect(response.status).toBe(400)
    expect(logger.complaints).toEqual([expect.stringContaining('`encryption`')])
  })
})

describe('a flat push', () => {
  test('has the names of the stream, and its own are still readable', async () => {
    const seen: unknown[] = []
    const bot = createBot().on('event:robot_msg_read', ctx => void seen.push(ctx.event, ctx.update.raw))
    expect((await plain(bot)(post('', READ))).status).toBe(200)
    expect(seen[0]).toMatchObject({ id: READ.eventId, corpId: READ.CorpId, data: { operatTime: 1654641965416 } })
    expect(seen[1]).toEqual(READ)
  })

  test.each<[string, readonly unknown[], number]>([
    ['an id', [READ, { ...READ, EventTime: 1 }], 1],
    [
      'an id with a capital',
      [
        { EventType: 'x', EventId: 'e' },
        { EventType: 'x', EventId: 'e', TimeStamp: 1 },
      ],
      1,
    ],
    [
      'no id, in another order',
      [
        { EventType: 'x', UserId: ['a'] },
        { UserId: ['a'], EventType: 'x' },
      ],
      1,
    ],
    [
      'no id, and something else in it',
      [
        { EventType: 'x', UserId: ['a'] },
        { EventType: 'x', UserId: ['b'] },
      ],
      2,
    ],
    ['another id', [READ, { ...READ, eventId: 'another' }], 2],
  ])('that comes twice with %s is handled as often as it happened', async (_name, bodies, times) => {
    let runs = 0
    const handler = plain(createBot().on('event', () => void runs++))
    for (const body of bodies) await handler(post('', body))
    expect(runs).toBe(times)
  })

  test('that is no event is answered, and handled as one of no type', async () => {
    const types: string[] = []
    const handler = plain(createBot().on('event', ctx => void types.push(ctx.event.type)))
    for (const body of ['', 'no JSON', '[]', 'null', '{}', '{"EventType":7}']) {
      expect((await handler(post('', body))).status).toBe(200)
    }
    expect(types).toEqual(['', '', '', '', '', ''])
  })
})

describe('with a stream beside it', () => {
  const bench = useSimulator()

  test('the same event counts once', async () => {
    const { sim, newBot } = bench()
    const seen: unknown[] = []
    const bot = newBot().on('event:robot_msg_read', ctx => void seen.push(ctx.event.data.userId))
    await bot.start()
    await plain(bot)(post('', READ))
    const { ack } = await sim.event('robot_msg_read', { userId: 'manager' }, { eventId: String(READ.eventId) })
    expect(await ack).toMatchObject({ data: expect.stringContaining('SUCCESS') })
    expect(seen).toEqual(['manager'])
    expect(bot.stats().duplicates).toBe(1)
  })
})

describe('a custom robot', () => {
  const body = { msgtype: 'text', text: { content: 'hi' }, msgId: 'm', conversationType: '2', robotCode: 'normal' }
  const said = (token?: string): Request =>
    new Request('https://bot.example', {
      method: 'POST',
      headers: token === undefined ? {} : { token },
      body: JSON.stringify(body),
    })

  test('is known by its token', async () => {
    const texts: string[] = []
    const bot = createBot({ robotCode: 'dingmine' }).on('chatbot:text', ctx => void texts.push(ctx.text, ctx.robotCode))
    expect((await webhook(bot, { token: 's3cret' })(said('s3cret'))).status).toBe(200)
    expect(texts).toEqual(['hi', 'dingmine'])
  })

  test.each([['wrong'], ['s3cre'], [''], [undefined]])('with the token %j is refused', async token => {
    const logger = recordingLogger()
    const response = await webhook(createBot({ logger }), { token: 's3cret' })(said(token))
    expect(response.status).toBe(403)
    expect(logger.complaints).toHaveLength(1)
  })

  test('needs a token that is not empty', () => {
    expect(() => webhook(createBot(), { token: '' })).toThrow(TypeError)
  })
})
