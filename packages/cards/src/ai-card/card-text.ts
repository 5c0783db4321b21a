import { partsOf } from '../text/cut.ts'
import { healMarkdown } from '../text/heal.ts'
import { createJoiner, isBlank } from '../text/well-formed.ts'

/**
 * One text that is being written, laid into as many cards as it takes, and how much of it was sent. No part of it ever ends
 * within a character. It makes no calls and has no timers.
 */
export class CardText {
  readonly #joiner = createJoiner()
  readonly #maxLength: number
  /** All of it, as it was written. */
  #whole = ''
  /** The text of the earlier cards. */
  #frozen = ''
  /** The texts of the cards after those, but for the last. */
  #full: string[] = []
  /** The text of the last card. */
  #tail = ''
  /** The tail as it was sent last, so that the same is not sent again. */
  #sent: string | undefined

  constructor(maxLength: number) {
    this.#maxLength = maxLength
  }

  /** All of it, in all cards. */
  get whole(): string {
    return this.#whole
  }

  /** The text of the last card. */
  get tail(): string {
    return this.#tail
  }

  /** Whether there is a card that is full, so that the text has to go on in the next. */
  get isOver(): boolean {
    return this.#full.length > 0
  }

  /** The text that no earlier card holds. */
  get rest(): string {
    return [...this.#full, this.#tail].join('\n\n')
  }

  /** Whether there is more to be seen than was sent. */
  get hasNews(): boolean {
    return this.#sent === undefined ? !isBlank(this.#shown()) : this.#tail !== this.#sent
  }

  append(delta: string): void {
    const text = this.#joiner.join(delta)
    this.#whole += text
    this.#tail += text
  }

  /** Takes the place of the text of the last card. */
  replace(text: string): void {
    this.#joiner.reset()
    const whole = this.#joiner.join(text)
    this.#whole = [this.#frozen, ...this.#full, whole].filter(Boolean).join('\n\n')
    this.#tail = whole
  }

  /** Keeps in the tail as much as fits into one card. */
  layOut(): void {
    const { full, tail } = partsOf(this.#tail, this.#maxLength)
    this.#full.push(...full)
    this.#tail = tail
  }

  /** The text for a frame of the card that is written now, as valid markdown; from now on it counts as sent. */
  send(): string {
    this.layOut()
    this.#sent = this.#tail
    return this.#shown()
  }

  /** The frame did not arrive, so that it has to be sent again. */
  unsend(): void {
    this.#sent = undefined
  }

  /** The text of the card that is full; from now on the next one is written. */
  freeze(): string {
    const head = this.#full.shift() ?? ''
    this.#frozen = [this.#frozen, head].filter(Boolean).join('\n\n')
    this.#sent = undefined
    return head
  }

  #shown(): string {
    // A joiner at the end waits for what it joins.
    return healMarkdown((this.#full[0] ?? this.#tail).replace(/\u200d+$/, ''))
  }
}
