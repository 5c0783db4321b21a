import { isKeyRefused } from '../deliver/failure.ts'
import type { Ended } from '../engine/end-card.ts'
import type { Engine } from '../engine/engine.ts'

/** What has become of a text so far, in all its cards. */
export class Fate {
  readonly #engine: Engine
  /** Under which the breaker knows the creation of cards like these. */
  readonly #createKey: string
  readonly #onReview: () => void
  #fallback: { readonly reason: unknown } | undefined
  #review: { readonly reason: unknown } | undefined
  #isNoticed = false

  /** @param onReview told that nothing more is to be shown. */
  constructor(engine: Engine, createKey: string, onReview: () => void) {
    this.#engine = engine
    this.#createKey = createKey
    this.#onReview = onReview
  }

  /** Why some of it went out as a message. */
  get fallback(): { readonly reason: unknown } | undefined {
    return this.#fallback
  }

  /** What the review of contents has refused with. */
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

  /** Nothing of it is sent again: whoever ends the card shows a notice instead. */
  refuse(reason: unknown): void {
    this.#review ??= { reason }
    this.#onReview()
  }

  /** Notes what the end of a card, or of its text as a message, has come to. */
  settle({ fallback, review }: Pick<Ended, 'fallback' | 'review'>): void {
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
