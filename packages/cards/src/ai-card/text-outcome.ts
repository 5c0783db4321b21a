import { isKeyRefused, isLasting } from '../deliver/failure.ts'
import type { Ended } from '../engine/end-card.ts'
import type { Engine } from '../engine/engine.ts'

/** The outcome of one text so far, in all its cards: whether some went out as a message, and whether review refused it. */
export class TextOutcome {
  readonly #engine: Engine
  /** Under which the breaker knows the creation of cards like these. */
  readonly #createKey: string
  readonly #onReview: () => void
  #fallback: { readonly reason: unknown } | undefined
  #review: { readonly reason: unknown } | undefined
  #isNoticed = false

  /** @param onReview told that nothing more is to be shown. */
  constructor(engine: Engine, templateId: string, onReview: () => void) {
    this.#engine = engine
    this.#createKey = `create:${templateId}`
    this.#onReview = onReview
  }

  /** The reason for which the next card of the template need not be tried, if there is one. */
  get knownRefusal(): unknown {
    return this.#engine.breaker.reason(this.#createKey)
  }

  /** The reason for which some of it went out as a message. */
  get fallback(): { readonly reason: unknown } | undefined {
    return this.#fallback
  }

  /** The refusal by the review of contents. */
  get review(): unknown {
    return this.#review?.reason
  }

  get isRefused(): boolean {
    return this.#review !== undefined
  }

  /** Whether people see a notice of that. */
  get isNoticed(): boolean {
    return this.#isNoticed
  }

  fallBack(reason: unknown): void {
    this.#fallback ??= { reason }
    this.#engine.count('fallbacks')
  }

  /** Notes why there is no card. The next one is not tried where it would be refused as well. */
  noCard(reason: unknown): void {
    if (isLasting(reason)) this.#engine.breaker.trip(this.#createKey, reason)
  }

  /** Nothing of it is sent again: whoever ends the card shows a notice instead. */
  refuse(reason: unknown): void {
    this.#review ??= { reason }
    this.#onReview()
  }

  /** Notes how a card ended, or its text as a message. */
  ended({ fallback, review }: Pick<Ended, 'fallback' | 'review'>): void {
    if (review !== undefined) {
      this.#isNoticed = true
      this.refuse(review)
    }
    if (!fallback) return
    this.fallBack(fallback.reason)
    // The next card would show as little.
    if (isKeyRefused(fallback.reason)) this.#engine.breaker.trip(this.#createKey, fallback.reason)
  }
}
