import { randomUUID } from 'node:crypto'
import { sleep } from '@dingware/core'
import { type Card, createCard } from '../card/card.ts'
import type { Sender } from '../deliver/body.ts'
import type { DeliveredTo } from '../deliver/deliver.ts'
import { deliverCard } from '../deliver/deliver-card.ts'
import type { CardTarget } from '../deliver/target.ts'
import { createDeadline } from '../engine/deadline.ts'
import type { Engine } from '../engine/engine.ts'
import { failureOf, isLasting, reasonOf } from '../failure/failure.ts'
import { type Say, sayAll } from '../fallback/message.ts'
import type { Lease } from '../lease/leases.ts'
import type { AiName, Template } from '../template/templates.ts'
import { frameBody, PRIORITY, updateCall } from './calls.ts'
import { contentVariables, frozenVariables } from './content.ts'
import { type Ended, endCard } from './end-card.ts'
import { isDropped, type LazyCall, lazyCall } from './lazy-call.ts'
import type { AiCardContent, AiCardOptions } from './options.ts'
import type { CardRecord } from './record.ts'
import { AI_CARD_STATUS } from './status.ts'

/** What the cards of one text share. */
export interface LiveCardDeps {
  readonly engine: Engine
  readonly target: CardTarget
  readonly template: Template<AiName>
  readonly options: AiCardOptions
  readonly sender: Sender | undefined
  readonly say: Say
  readonly notice: string
  readonly endTimeout: number
}

/** One card of the platform, from its creation to its end. */
export interface LiveCard {
  readonly card: Card
  /** @throws what the platform refused with. */
  readonly open: (content: AiCardContent) => Promise<void>
  /** Tells templates that do not follow the stream that text comes. Never rejects. */
  readonly begin: () => Promise<void>
  /** Shows what `text` gives when its turn has come. */
  readonly frame: (text: () => string) => { readonly sent: Promise<FrameOutcome>; readonly drop: LazyCall['drop'] }
  readonly update: (content: AiCardContent) => Promise<void>
  readonly end: (end: End) => Promise<Ended>
  /** For a card that may have been created all the same: whoever finds its lease ends it with the text that went out as a message. */
  readonly abandon: (end: Pick<End, 'text' | 'status' | 'notice'>) => Promise<void>
}

/** `refused`: no frame of this card will ever be taken. */
export type FrameOutcome = 'sent' | 'dropped' | 'throttled' | 'refused'

export interface End {
  readonly text: string
  readonly status: 'finished' | 'failed'
  readonly notice: string
  readonly content: AiCardContent
  /** Whether the text goes on in another card. */
  readonly isFrozen?: boolean
}

/** Milliseconds that a frame waits for the store. */
const KEEP_LIMIT = 500

export function createLiveCard(deps: LiveCardDeps): LiveCard {
  const { engine, target, template, options, sender, say } = deps
  const { call, timeout, log } = engine
  // Unique for ever: a used one brings back the old card instead of an error.
  const outTrackId = `dingware_${randomUUID()}`
  const places: DeliveredTo[] = []
  const key = template.variables.content || 'content'
  const statusKey = template.variables.status || ''
  let lease: Lease | undefined
  let refusal: unknown = engine.breaker.reason(streamKey(template))
  let record: CardRecord = {
    outTrackId,
    robotCode: target.robotCode,
    address: copyOf(target.address),
    templateId: template.id,
    key,
    statusKey,
    title: '',
    text: '',
    status: 'failed',
    notice: deps.notice,
    variables: {},
    told: false,
    deliveredAt: 0,
  }

  const onRefused = (error: unknown): void => {
    refusal = error
    if (isLasting(error)) engine.breaker.trip(streamKey(template), error)
    log.warn(`An AI card does not stream, and shows its text only at its end: ${reasonOf(error)}`, { outTrackId })
  }
  /**
   * Before it is shown: whoever has to end the card may show more than was seen, and never less. A store that hangs must not
   * keep a card from being shown, though.
   */
  const keptSoon = async (): Promise<void> => {
    if (!lease) return
    const late = new AbortController()
    await Promise.race([lease.save(record), sleep(KEEP_LIMIT, late.signal).catch(() => {})])
    late.abort()
  }
  const create = async (content: AiCardContent): Promise<void> => {
    const flow = options.quota === 'low' ? AI_CARD_STATUS.inputting : AI_CARD_STATUS.processing
    const first = { ...contentVariables(template, content), [key]: '', ...(statusKey && { [statusKey]: flow }) }
    const card = { outTrackId, templateId: template.id, variables: first, target, options, sender }
    using deadline = createDeadline(deps.endTimeout, engine.closing())
    const more = { priority: PRIORITY.create, timeout, signal: deadline.signal }
    const delivered = await deliverCard(engine, card, more, { redeliver: true })
    places.push(...delivered.places)
    const variables = contentVariables(template, content)
    record = { ...record, outTrackId: delivered.outTrackId, variables, deliveredAt: Date.now() }
  }

  return {
    card: createCard({
      call,
      get outTrackId() {
        return record.outTrackId
      },
      robotCode: target.robotCode,
      places,
      variables: data => data,
    }),
    async open(content) {
      record = { ...record, title: content.title ?? '' }
      lease = await engine.leases.hold(record)
      try {
        await create(content)
        void lease.save(record)
      } catch (error) {
        if (failureOf(error) !== 'temporary') {
          await lease.release()
          lease = undefined
        }
        throw error
      }
    },
    async begin() {
      if (options.quota === 'low' || statusKey === '' || refusal !== undefined) return
      const update = updateCall(record.outTrackId, { [statusKey]: AI_CARD_STATUS.inputting, [key]: '' })
      // The stream says the same to templates that follow it, so nothing hangs on this.
      await call({ ...update, timeout }).catch(error =>
        log.debug('A card was not told that text comes.', { error: String(error) }),
      )
    },
    frame(text) {
      const lazy = lazyCall(
        { method: 'PUT', path: '/v1.0/card/streaming', priority: PRIORITY.update, timeout, idempotent: false },
        () => {
          record = { ...record, text: text() }
          void lease?.save(record)
          return frameBody(record, record.text)
        },
      )
      const send = async (): Promise<FrameOutcome> => {
        if (refusal !== undefined) return 'refused'
        record = { ...record, text: text() }
        await keptSoon()
        try {
          await call(lazy.request)
          return 'sent'
        } catch (error) {
          if (isDropped(error)) return 'dropped'
          engine.count('dropped')
          const failure = failureOf(error)
          if (failure !== 'permanent') return failure === 'throttled' ? 'throttled' : 'dropped'
          onRefused(error)
          return 'refused'
        } finally {
          lazy.settle()
        }
      }
      return { sent: send(), drop: lazy.drop }
    },
    async update(content) {
      record = { ...record, variables: contentVariables(template, content) }
      void lease?.save(record)
      await call({ ...updateCall(record.outTrackId, record.variables), timeout })
    },
    async end({ text, status, notice, content, isFrozen }) {
      const variables = isFrozen ? frozenVariables(template, content) : contentVariables(template, content)
      record = { ...record, text, status, notice, variables }
      void lease?.save(record)
      using deadline = createDeadline(deps.endTimeout, engine.closing())
      const ended = await endCard(record, {
        call,
        log,
        timeout,
        signal: deadline.signal,
        isRefused: refusal !== undefined,
        onRefused,
        say: rest => sayAll(say, content.title ?? '', rest),
      })
      if (ended === 'open')
        log.error('A card could not be ended in time. It is tried again while the bot runs, and when it starts.', {
          outTrackId,
        })
      if (ended === 'card') await lease?.release()
      else await lease?.leave({ ...record, told: ended === 'message' })
      return ended
    },
    async abandon(end) {
      await lease?.leave({ ...record, ...end, told: true })
    },
  }
}

function streamKey({ id }: Template): string {
  return `stream:${id}`
}

/** As a store would give it back. */
function copyOf(address: CardTarget['address']): CardRecord['address'] {
  if ('users' in address) return { users: [address.users].flat() }
  return address
}
