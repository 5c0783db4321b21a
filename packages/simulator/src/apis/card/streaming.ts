import * as v from 'valibot'
import { type ApiAnswer, fail, ok } from '../../http/answers.ts'
import { jsonRoute, required } from '../../http/json-route.ts'
import { tooFast } from '../../http/refusals.ts'
import type { Route } from '../../http/route.ts'
import { setBounded } from '../../utils/bounded.ts'
import { type CardDeps, STREAMING_SCOPE } from './deps.ts'
import type { Card, CardStatus } from './types.ts'

const GUIDS_KEPT = 10_000

interface Chunk {
  readonly outTrackId: string
  readonly guid: string
  readonly key: string
  readonly content: string
  readonly isFull: boolean
  readonly isFinalize: boolean
  readonly isError: boolean
}

const schema: v.GenericSchema<unknown, Chunk> = v.looseObject({
  outTrackId: required('param.outTrackIdEmpty'),
  guid: required('param.stream.guidEmpty'),
  key: required('param.stream.keyEmpty'),
  content: v.pipe(v.optional(v.nullable(v.string()), null), v.string('Missingcontent')),
  isFull: v.pipe(
    v.optional(v.nullable(v.boolean()), null),
    v.check(it => it !== null, 'param.stream.isFull'),
    v.transform(it => it === true),
  ),
  isFinalize: v.optional(v.boolean(), false),
  isError: v.optional(v.boolean(), false),
})

/** `PUT /v1.0/card/streaming`: one variable of an AI card, as it grows. */
export function streamingRoute(deps: CardDeps): Route {
  const { cards, clock, switches } = deps
  const guids = new Map<string, true>()
  const lastAt = new Map<string, number>()

  function stream(card: Card, chunk: Chunk): ApiAnswer {
    const { outTrackId, guid, key, isFinalize, isError } = chunk
    // The guid makes a repeated call one: its work is not done twice.
    if (guids.has(`${outTrackId} ${guid}`)) return done
    const now = clock.now()
    const since = now - (lastAt.get(outTrackId) ?? Number.NEGATIVE_INFINITY)
    if (since < switches.streamInterval) return tooFast()
    setBounded(guids, `${outTrackId} ${guid}`, true, GUIDS_KEPT)
    setBounded(lastAt, outTrackId, now, GUIDS_KEPT)
    const before = card.variables[key] ?? ''
    const content = chunk.isFull ? chunk.content : before + chunk.content
    // Also a card that was finished goes back to inputting.
    const status: CardStatus = isError ? 'failed' : isFinalize ? 'finished' : 'inputting'
    cards.patch(
      outTrackId,
      { variables: { [key]: content }, byKey: true },
      { status, streamedKey: key, isBlank: false },
    )
    return done
  }

  return jsonRoute({
    method: 'PUT',
    path: '/v1.0/card/streaming',
    scope: STREAMING_SCOPE,
    schema,
    invalid: 'param.invalid',
    handle(chunk, app) {
      const card = cards.find(chunk.outTrackId, app.clientId)
      if (!card) return fail(400, 'param.stream.outTrackId', 'card is not exist')
      return refusalOf(deps, card, chunk) ?? stream(card, chunk)
    },
  })
}

/** The platform's no to a chunk; undefined when it may be streamed. */
function refusalOf({ switches, templates }: CardDeps, card: Card, { key, content }: Chunk): ApiAnswer | undefined {
  // Official examples send an empty text first (dingtalk-stream-sdk-python), and it was live-tested (soimy#557).
  if (content === '' && !switches.emptyStreamContent) {
    return fail(400, 'param.stream.contentEmpty', 'content is empty')
  }
  if (content.length > switches.streamContentLimit) {
    return fail(400, 'param.stream.content', 'content is too large')
  }
  if (!templates || templates[card.templateId]?.streams?.includes(key)) return undefined
  return switches.wrongStreamKey === '400'
    ? fail(400, 'invalid.content', 'card streaming key invalid')
    : fail(500, 'unknownError', '未知错误')
}

const done = ok({ success: true, result: true })
