import { type Card, createCard } from '../deliver/card.ts'
import { type DeliveredTo, NotDelivered } from '../deliver/deliver.ts'
import { failureOf, isLasting, reasonOf } from '../deliver/failure.ts'
import { PRIORITY } from '../deliver/priority.ts'
import { frameBody, updateCall } from '../engine/calls.ts'
import { createDeadline } from '../engine/deadline.ts'
import { type Ended, endCard, pause } from '../engine/end-card.ts'
import { refusedRecord } from '../engine/record.ts'
import type { AiState } from '../template/ai-settings.ts'
import { contentVariables, frozenVariables } from './content.ts'
import { createFrameAnswers, type FrameAnswers, type FrameOutcome } from './frame-answers.ts'
import { KeptRecord } from './kept-record.ts'
import { isDropped, type LazyCall, lazyCall } from './lazy-call.ts'
import type { LiveCardDeps } from './live-card-deps.ts'
import { announceText, newRecord, openCard, templateStateOf } from './open-card.ts'
import type { AiCardContent } from './options.ts'

export interface End {
  readonly text: string
  readonly status: 'finished' | 'failed'
  readonly notice: string
  /** Shown in place of a blank text. */
  readonly emptyText: string
  readonly content: AiCardContent
  /** Whether the text goes on in another card. */
  readonly isFrozen?: boolean
  /** The refusal by the review of contents. */
  readonly review?: unknown
}

/** A frame on its way. */
export interface Frame {
  readonly sent: Promise<FrameOutcome>
  readonly drop: LazyCall['drop']
}

/** One card of the platform, from its creation to its end. */
export class LiveCard {
  readonly card: Card
  readonly #deps: LiveCardDeps
  readonly #kept: KeptRecord
  readonly #answers: FrameAnswers
  readonly #places: DeliveredTo[] = []
  #hasBegun = false
  /** Whether some of the people got it, and not all. */
  #isReached = false
  /** When something was last shown, by the clock of `performance`. */
  #shownAt = 0

  constructor(deps: LiveCardDeps) {
    const record = newRecord(deps)
    const kept = new KeptRecord(deps.engine.leases, record)
    this.#deps = deps
    this.#kept = kept
    this.#answers = answersOf(deps, record.outTrackId)
    this.card = createCard({
      call: deps.engine.call,
      get outTrackId() {
        return kept.now.outTrackId
      },
      robotCode: deps.target.robotCode,
      places: this.#places,
      variables: data => data,
    })
  }

  /** Whether the template was told that text comes. */
  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** Whether a frame may still be taken. */
  get takesFrames(): boolean {
    return !this.#answers.isOver
  }

  /** @throws what the platform refused with. */
  async open(content: AiCardContent): Promise<void> {
    const kept = this.#kept
    const bare = contentVariables(this.#templateState('finished'), { order: content.order })
    kept.change({ title: content.title ?? '', bare })
    await kept.hold()
    try {
      const { outTrackId, places } = await openCard(this.#deps, kept.now, content)
      this.#places.push(...places)
      const variables = contentVariables(this.#templateState('failed'), content)
      kept.change({ outTrackId, variables, deliveredAt: Date.now() })
      this.#shownAt = performance.now()
      kept.save()
    } catch (error) {
      const reached = error instanceof NotDelivered ? error.outTrackId : undefined
      this.#isReached = reached !== undefined
      if (reached !== undefined) kept.change({ outTrackId: reached, deliveredAt: Date.now() })
      else if (failureOf(error) !== 'temporary') await kept.release()
      throw error
    }
  }

  /** Tells the template that text comes, where that takes a call. @throws what the review of contents refused with, and nothing else. */
  async begin(content: AiCardContent): Promise<void> {
    this.#hasBegun = true
    if (!this.takesFrames) return
    if (await announceText(this.#deps, this.#kept.now, content)) this.#shownAt = performance.now()
  }

  /** Shows what `text` gives now, or what it gives when its turn has come. */
  frame(text: () => string): Frame {
    if (!this.takesFrames) return { sent: Promise.resolve({ kind: 'refused' }), drop: () => {} }
    const kept = this.#kept
    kept.change({ text: text() })
    const body = frameBody(kept.now, kept.now.text)
    const { timeout } = this.#deps.engine
    const call = { method: 'PUT', path: '/v1.0/card/streaming', priority: PRIORITY.update, timeout, body } as const
    const lazy = lazyCall({ ...call, idempotent: false }, () => {
      kept.change({ text: text() })
      kept.save()
      return frameBody(kept.now, kept.now.text)
    })
    return { sent: this.#send(lazy), drop: lazy.drop }
  }

  async update(content: AiCardContent): Promise<void> {
    const kept = this.#kept
    kept.change({ variables: contentVariables(this.#templateState('failed'), content) })
    kept.save()
    const { call, timeout } = this.#deps.engine
    await call({
      ...updateCall(kept.now.outTrackId, contentVariables(this.#templateState('inputting'), content)),
      timeout,
    })
  }

  async end({ text, status, notice, emptyText, content, isFrozen, review }: End): Promise<Ended> {
    const { engine, air } = this.#deps
    const kept = this.#kept
    const variables = (isFrozen ? frozenVariables : contentVariables)(this.#templateState(status), content)
    kept.change({ text, status, notice, emptyText, variables })
    if (review !== undefined) kept.change(refusedRecord(kept.now))
    kept.save()
    // Before the time for the end begins: it is not to be lost by waiting.
    await pause(this.#shownAt + air - performance.now(), engine.stopping())
    return this.#conclude(review)
  }

  /**
   * For a card that may have been created all the same: whoever finds its lease ends it with the text that went out as a
   * message. One that some people got ends at once.
   */
  async abandon(end: Pick<End, 'text' | 'status' | 'notice' | 'emptyText'>): Promise<void> {
    this.#kept.change({ ...end, told: true })
    await (this.#isReached ? this.#conclude() : this.#kept.leave())
  }

  #templateState(state: AiState): ReturnType<typeof templateStateOf> {
    return templateStateOf(this.#deps, state)
  }

  async #send(lazy: LazyCall): Promise<FrameOutcome> {
    const { engine } = this.#deps
    await this.#kept.saved()
    try {
      await engine.call(lazy.request)
      this.#answers.taken()
      return { kind: 'sent' }
    } catch (error) {
      if (isDropped(error)) return { kind: 'dropped' }
      engine.count('dropped')
      const outcome = this.#answers.refused(error)
      if (outcome.kind === 'unsafe') this.#kept.change(refusedRecord(this.#kept.now))
      return outcome
    } finally {
      lazy.settle()
      // Also where nobody knows whether it was.
      this.#shownAt = performance.now()
    }
  }

  async #conclude(review?: unknown): Promise<Ended> {
    const { engine, endTimeout, say } = this.#deps
    const { call, log, timeout } = engine
    const answers = this.#answers
    const { outTrackId } = this.#kept.now
    using deadline = createDeadline(endTimeout, engine.outOfTime())
    const ended = await endCard(this.#kept.now, {
      call,
      log,
      timeout,
      signal: deadline.signal,
      isRefused: answers.isOver,
      wasShown: answers.wasTaken,
      lost: answers.lost,
      review,
      onRefused: answers.giveUp,
      say,
    })
    if (ended.how === 'open') {
      const what = 'A card could not be ended in time. It is tried again while the bot runs, and when it starts.'
      log.error(what, { outTrackId })
    }
    if (ended.how === 'card') await this.#kept.release()
    else await this.#kept.leave({ ...ended.record, told: ended.record.told || ended.how === 'message' })
    return ended
  }
}

function answersOf({ engine, template }: LiveCardDeps, outTrackId: string): FrameAnswers {
  const { breaker, log } = engine
  const key = `stream:${template.id}`
  return createFrameAnswers({
    known: breaker.reason(key),
    onRefused(error) {
      if (isLasting(error)) breaker.trip(key, error)
      log.warn(`An AI card does not stream, and shows its text only at its end: ${reasonOf(error)}`, { outTrackId })
    },
    onLost(error) {
      const what = `Nothing is seen on an AI card any more, so its text goes out as a message: ${reasonOf(error)}`
      log.warn(what, { outTrackId })
    },
  })
}
