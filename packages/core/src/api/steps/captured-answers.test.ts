import { ApiError } from '@dingware/transport'
import * as v from 'valibot'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type AnsweringServer,
  type PlatformAnswer,
  startAnswering,
  TOKEN_PATH,
} from '../../../fixtures/answering-server.ts'
import { type Evidence, evidenceOf } from '../../../fixtures/evidence.ts'
import { type RecordingLogger, recordingLogger } from '../../../fixtures/recording-logger.ts'
import { type Bot, createBot } from '../../bot/bot.ts'
import type { ApiCall } from '../api-call.ts'
import { FINE, LISTED, MEANINGS, type Meaning, PASSING, TOLD } from './captured-answers.expected.ts'
import { classify } from './classify.ts'

const Answer = v.object({
  status: v.optional(v.number()),
  body: v.optional(v.unknown()),
  headers: v.optional(v.record(v.string(), v.string())),
  codes: v.optional(v.union([v.array(v.string()), v.record(v.string(), v.array(v.string()))])),
})

const lines = evidenceOf('api')
const answerOf = (line: Evidence): v.InferOutput<typeof Answer> => v.parse(Answer, line.answer)
const linesIn = (names: readonly string[]) => lines.filter(({ name }) => names.includes(name))

test('every line has a meaning', () => {
  const known = [...Object.keys(MEANINGS), ...FINE, ...TOLD, ...Object.keys(LISTED)]
  expect(lines.map(({ name }) => name).filter(name => !known.includes(name))).toEqual([])
  expect([...new Set(known)].toSorted()).toEqual(lines.map(({ name }) => name).toSorted())
})

test('every captured refusal has a meaning as such', () => {
  const isRefusal = ({ status = 200, body }: v.InferOutput<typeof Answer>): boolean =>
    status >= 400 || (v.is(v.object({ errcode: v.unknown() }), body) && String(body.errcode) !== '0')
  const captured = lines.filter(line => answerOf(line).body !== undefined && isRefusal(answerOf(line)))
  expect(captured.map(({ name }) => name).filter(name => !(name in MEANINGS))).toEqual([])
})

interface Outcome {
  readonly error: unknown
  readonly server: AnsweringServer
  readonly logger: RecordingLogger
}

/** What becomes of a call that the platform always answers so. Repeats come without a wait. */
async function outcomeOf(answer: PlatformAnswer, meaning: Pick<Meaning, 'by' | 'call' | 'tries'>): Promise<Outcome> {
  const { by, tries = 1 } = meaning
  const gaveUp = new AbortController()
  let asked = 0
  const server = await startAnswering(path => {
    if (path === TOKEN_PATH && by !== 'token') return undefined
    if (++asked === tries && tries > 1) gaveUp.abort(new Error('given up'))
    return answer
  })
  onTestFinished(() => server[Symbol.asyncDispose]())
  const { url } = server
  const logger = recordingLogger()
  const bot = createBot({
    clientId: 'ding1',
    clientSecret: 'a-secret',
    endpoint: url,
    oapiEndpoint: url,
    throttle: false,
    autoRetry: { base: 1, random: () => -1 },
    reconnect: { base: 1, cap: 1 },
    logger,
  })
  onTestFinished(() => bot.stop({ timeout: 0 }))
  const error = await act(bot, url, meaning, gaveUp.signal).then(
    () => undefined,
    (error: unknown) => error,
  )
  return { error, server, logger }
}

const SEND: ApiCall = { method: 'POST', path: '/v1.0/robot/groupMessages/send' }

async function act(
  bot: Bot,
  url: string,
  { by, call = SEND }: Pick<Meaning, 'by' | 'call'>,
  signal: AbortSignal,
): Promise<unknown> {
  switch (by) {
    case 'token':
      return bot.api.accessToken()
    case 'start':
      return bot.on('chatbot', () => {}).start({ signal })
    case 'send':
      return bot.api.send({ users: ['$:LWCP_v1:$example'] }, 'x')
    case undefined:
      return bot.api.call(call.base === 'webhook' ? { ...call, path: url + call.path } : call)
  }
}

describe.each(linesIn(Object.keys(MEANINGS)))('$name', line => {
  const meaning: Meaning | undefined = MEANINGS[line.name]
  if (!meaning) throw new Error(`${line.name} has no meaning.`)
  const { by, call = SEND, error: name = 'ApiError', code, requestId, requiredScopes = [], says, tries = 1 } = meaning
  const takesToken = by === 'send' || (by === undefined && call.base !== 'webhook')
  const { tokens = takesToken ? 1 : 0 } = meaning

  test(`is asked for ${tries} times, and fails with ${code}`, async () => {
    const { error, server, logger } = await outcomeOf(answerOf(line), meaning)
    expect(server.paths).toHaveLength(tries)
    expect(server.tokens).toBe(tokens)
    if (by === 'start' && tries > 1) {
      // Another try may pass, so they go on until somebody ends them.
      expect(error).toMatchObject({ message: 'given up' })
      expect(logger.complaints.join()).toContain(code)
      expect(logger.complaints.join()).toMatch(says ?? '')
      return
    }
    expect(error).toMatchObject({ name, code, message: expect.stringMatching(says ?? '') })
    if (name === 'SendError') return
    expect(error).toHaveProperty('requestId', requestId)
    expect(error).toHaveProperty('status', answerOf(line).status ?? 200)
    if (error instanceof ApiError) expect(error.requiredScopes).toEqual(requiredScopes)
  })
})

test.each(linesIn([...FINE]))('$name is no refusal', async line => {
  const { error, server } = await outcomeOf(answerOf(line), {})
  expect(error).toBeUndefined()
  expect(server.paths).toHaveLength(1)
})

describe.each(linesIn(Object.keys(LISTED)))('$name', line => {
  const codes = codesOf(line)

  test('lists so many codes', () => {
    expect(codes).toHaveLength(LISTED[line.name] ?? 0)
  })

  test.each(codes)('%i %s is repeated where that is safe, or not at all', (status, code) => {
    const error = new ApiError('refused', { status, code, call: { method: 'POST', url: '/' } })
    expect(classify(error, { path: '/v1.0/robot/groupMessages/send' })).toBe(PASSING[code] ?? 'final')
  })
})

/** The codes of a line with their statuses, where it gives them. */
function codesOf(line: Evidence): readonly (readonly [status: number, code: string])[] {
  const { codes = [], status = 400 } = answerOf(line)
  const word = (text: string): string => text.split(' ')[0] ?? text
  if (Array.isArray(codes)) return codes.map(code => [status, word(code)] as const)
  return Object.entries(codes).flatMap(([statuses, list]) =>
    (statuses.match(/\d+/g) ?? [status]).flatMap(one => list.map(code => [Number(one), word(code)] as const)),
  )
}
