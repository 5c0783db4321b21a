import { partsOf } from '../text/cut.ts'
import { healMarkdown } from '../text/heal.ts'
import { createJoiner } from '../text/well-formed.ts'

/** One text that is being written, laid into as many cards as it takes. No part of it ever ends within a character. */
export class CardText {
  readonly #joiner = createJoiner()
  readonly #maxLength: number
  /** All of it, as it was written. */
  #whole = ''
  /** What the earlier cards hold. */
  #frozen = ''
  /** What the cards after those are to hold, but for the last. */
  #full: string[] = []
  /** What the last one holds. */
  #tail = ''

  constructor(maxLength: number) {
    this.#maxLength = maxLength
  }

  /** All of it, in all cards. */
  get whole(): string {
    return this.#whole
  }

  /** What the last card holds. */
  get tail(): string {
    return this.#tail
  }

  /** Whether there is a card that is full, so that the text has to go on in the next. */
  get isOver(): boolean {
    return this.#full.length > 0
  }

  /** What no earlier card holds. */
  get rest(): string {
    return [...this.#full, this.#tail].join('\n\n')
  }

  append(delta: string): void {
    const text = this.#joiner.join(delta)
    this.#whole += text
    this.#tail += text
  }

  /** Takes the place of what the last card holds. */
  replace(text: string): void {
    this.#joiner.reset()
    const whole = this.#joiner.join(text)
    this.#whole = [this.#frozen, ...this.#full, whole].filter(Boolean).join('\n\n')
    this.#tail = whole
  }

  /** Keeps what fits into one card in the tail. */
  layOut(): void {
    const { full, tail } = partsOf(this.#tail, this.#maxLength)
    this.#full.push(...full)
    this.#tail = tail
  }

  /** What the card that is written now shows, as valid markdown. */
  shown(): string {
    // A joiner at the end waits for what it joins.
    return healMarkdown((this.#full[0] ?? this.#tail).replace(/\u200d+$/, ''))
  }

  /** What the card that is full holds; from now on the next one is written. */
  freeze(): string {
    const head = this.#full.shift() ?? ''
    this.#frozen = [this.#frozen, head].filter(Boolean).join('\n\n')
    return head
  }
}
