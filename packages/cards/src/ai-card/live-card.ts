import { randomUUID } from 'node:crypto'
import { sleep } from '@dingware/core'
import type { Sender } from '../deliver/body.ts'
import { type Card, createCard } from '../deliver/card.ts'
import { type DeliveredTo, NotDelivered } from '../deliver/deliver.ts'
import { failureOf, isLasting, isReview, reasonOf } from '../deliver/failure.ts'
import type { Say } from '../deliver/message.ts'
import { PRIORITY } from '../deliver/priority.ts'
import type { CardTarget } from '../deliver/target.ts'
import { frameBody, updateCall } from '../engine/calls.ts'
import { createDeadline } from '../engine/deadline.ts'
import { deliverCard } from '../engine/deliver-card.ts'
import { type Ended, endCard, pause } from '../engine/end-card.ts'
import type { Engine } from '../engine/engine.ts'
import type { Lease } from '../engine/leases.ts'
import { DEFAULT_EMPTY_TEXT } from '../engine/limits.ts'
import { type CardRecord, refusedRecord } from '../engine/record.ts'
import type { AiState, AiTemplate } from '../template/ai-settings.ts'
import { defined } from '../template/ai-template.ts'
import type { Template } from '../template/settings.ts'
import { toVariables } from '../template/variables.ts'
import { contentVariables, frozenVariables } from './content.ts'
import { createFrameJudge, type FrameOutcome } from './frame-judge.ts'
import { isDropped, type LazyCall, lazyCall } from './lazy-call.ts'
import type { AiCardContent, AiCardOptions } from './options.ts'

/** What the cards of one text share. */
export interface LiveCardDeps {
  readonly engine: Engine
  readonly target: CardTarget
  readonly template: AiTemplate
  readonly options: AiCardOptions
  readonly sender: Sender | undefined
  readonly say: Say
  readonly notice: string
  readonly refusedText: string
  /** Milliseconds around the first frame and the last. */
  readonly air: number
  readonly endTimeout: number
  /** Whether somebody listens for the stop button. */
  readonly isStoppable: boolean
}

/** One card of the platform, from its creation to its end. */
export interface LiveCard {
  readonly card: Card
  /** @throws what the platform refused with. */
  readonly open: (content: AiCardContent) => Promise<void>
  /** Tells the template that text comes, where that takes a call. @throws what the review of contents refused with, and nothing else. */
  readonly begin: (content: AiCardContent) => Promise<void>
  /** Shows what `text` gives when its turn has come. */
  readonly frame: (text: () => string) => { readonly sent: Promise<FrameOutcome>; readonly drop: LazyCall['drop'] }
  readonly update: (content: AiCardContent) => Promise<void>
  readonly end: (end: End) => Promise<Ended>
  /**
   * For a card that may have been created all the same: whoever finds its lease ends it with the text that went out as a
   * message. One that some people got ends at once.
   */
  readonly abandon: (end: Pick<End, 'text' | 'status' | 'notice' | 'emptyText'>) => Promise<void>
}

export interface End {
  readonly text: string
  readonly status: 'finished' | 'failed'
  readonly notice: string
  /** Shown in place of a blank text. */
  readonly emptyText: string
  readonly content: AiCardContent
  /** Whether the text goes on in another card. */
  readonly isFrozen?: boolean
  /** What the review of contents has refused. */
  readonly review?: unknown
}

/** Milliseconds that a frame waits for the store. */
const KEEP_LIMIT = 500

export function createLiveCard(deps: LiveCardDeps): LiveCard {
  const { engine, target, template, options, sender, say } = deps
  const { call, timeout, log } = engine
  // Unique for ever: a used one brings back the old card instead of an error.
  const outTrackId = `dingware_${randomUUID()}`
  const places: DeliveredTo[] = []
  const isSparing = options.quota === 'low'
  const standing = (state: AiState) => ({ template, state, isStoppable: deps.isStoppable })
  const judge = createFrameJudge(engine.breaker.reason(streamKey(template)), {
    onRefused(error) {
      if (isLasting(error)) engine.breaker.trip(streamKey(template), error)
      log.warn(`An AI card does not stream, and shows its text only at its end: ${reasonOf(error)}`, { outTrackId })
    },
    onLost(error) {
      log.warn(`Nothing is seen on an AI card any more, so its text goes out as a message: ${reasonOf(error)}`, {
        outTrackId,
      })
    },
  })
  let lease: Lease | undefined
  let record = newRecord(outTrackId, deps)
  /** Whether some of the people got it, and not all. */
  let isReached = false
  /** When something was last shown, by the clock of `performance`. */
  let shownAt = 0

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
    const known = contentVariables(standing(isSparing ? 'inputting' : 'processing'), content)
    const variables = template.createdWith
      ? toVariables(template.createdWith)
      : { ...known, [record.key]: template.placeholder }
    const delivery = { ...template.deliver, ...defined(options) }
    const card = { outTrackId, templateId: template.id, variables, target, options: delivery, sender }
    using deadline = createDeadline(deps.endTimeout, engine.closing())
    const more = { priority: PRIORITY.create, timeout, signal: deadline.signal }
    const delivered = await deliverCard(engine, card, more, { redeliver: true })
    places.push(...delivered.places)
    record = {
      ...record,
      outTrackId: delivered.outTrackId,
      variables: contentVariables(standing('failed'), content),
      deliveredAt: Date.now(),
    }
    shownAt = performance.now()
  }

  const conclude = async (review?: unknown): Promise<Ended> => {
    using deadline = createDeadline(deps.endTimeout, engine.closing())
    const ended = await endCard(record, {
      call,
      log,
      timeout,
      signal: deadline.signal,
      isRefused: judge.isOver,
      wasShown: judge.wasTaken,
      lost: judge.lost,
      review,
      onRefused: judge.refuse,
      say,
    })
    if (ended.how === 'open')
      log.error('A card could not be ended in time. It is tried again while the bot runs, and when it starts.', {
        outTrackId,
      })
    if (ended.how === 'card') await lease?.release()
    else await lease?.leave({ ...ended.record, told: ended.record.told || ended.how === 'message' })
    return ended
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
      const bare = contentVariables(standing('finished'), { order: content.order })
      record = { ...record, title: content.title ?? '', bare }
      lease = await engine.leases.hold(record)
      try {
        await create(content)
        void lease.save(record)
      } catch (error) {
        const reached = error instanceof NotDelivered ? error.outTrackId : undefined
        isReached = reached !== undefined
        if (reached !== undefined) record = { ...record, outTrackId: reached, deliveredAt: Date.now() }
        else if (failureOf(error) !== 'temporary') {
          await lease.release()
          lease = undefined
        }
        throw error
      }
    },
    async begin(content) {
      if (judge.isOver || template.opening === 'none' || (isSparing && !template.createdWith)) return
      const variables = { ...contentVariables(standing('inputting'), content), [record.key]: template.placeholder }
      const opening =
        template.opening === 'update'
          ? updateCall(record.outTrackId, variables)
          : { method: 'PUT' as const, path: '/v1.0/card/streaming', body: frameBody(record, template.placeholder) }
      // Frames say the same to templates that follow the stream, so nothing hangs on this.
      await call({ ...opening, timeout }).catch(error => {
        if (isReview(error)) throw error
        log.debug('A card was not told that text comes.', { error: String(error) })
      })
      if (template.opening === 'frame') shownAt = performance.now()
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
        if (judge.isOver) return { kind: 'refused' }
        record = { ...record, text: text() }
        await keptSoon()
        try {
          await call(lazy.request)
          judge.taken()
          return { kind: 'sent' }
        } catch (error) {
          if (isDropped(error)) return { kind: 'dropped' }
          engine.count('dropped')
          const outcome = judge.refused(error)
          if (outcome.kind === 'unsafe') record = refusedRecord(record)
          return outcome
        } finally {
          lazy.settle()
          // Also where nobody knows whether it was.
          shownAt = performance.now()
        }
      }
      return { sent: send(), drop: lazy.drop }
    },
    async update(content) {
      record = { ...record, variables: contentVariables(standing('failed'), content) }
      void lease?.save(record)
      await call({ ...updateCall(record.outTrackId, contentVariables(standing('inputting'), content)), timeout })
    },
    async end({ text, status, notice, emptyText, content, isFrozen, review }) {
      const variables = (isFrozen ? frozenVariables : contentVariables)(standing(status), content)
      record = { ...record, text, status, notice, emptyText, variables }
      if (review !== undefined) record = refusedRecord(record)
      void lease?.save(record)
      // Before the time for the end begins: it is not to be lost by waiting.
      await pause(shownAt + deps.air - performance.now(), engine.hurry())
      return conclude(review)
    },
    async abandon(end) {
      record = { ...record, ...end, told: true }
      await (isReached ? conclude() : lease?.leave(record))
    },
  }
}

function streamKey({ id }: Template): string {
  return `stream:${id}`
}

function newRecord(outTrackId: string, { target, template, notice, refusedText }: LiveCardDeps): CardRecord {
  const { id, states, variables: names } = template
  const { robotCode, address } = target
  return {
    outTrackId,
    robotCode,
    // As a store would give it back.
    address: 'users' in address ? { users: [address.users].flat() } : address,
    templateId: id,
    key: names.content || 'content',
    statusKey: names.status || '',
    states: { finished: states.finished, failed: states.failed },
    blocksKey: names.blocks || '',
    copyKey: names.copy || '',
    title: '',
    text: '',
    status: 'failed',
    notice,
    emptyText: DEFAULT_EMPTY_TEXT,
    refusedText,
    variables: {},
    bare: {},
    told: false,
    deliveredAt: 0,
  }
}
