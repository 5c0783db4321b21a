import type { Card } from '../card/card.ts'
import { isLasting, reasonOf } from '../failure/failure.ts'
import { sayAll } from '../fallback/message.ts'
import { cutMarkdown } from '../markdown/cut.ts'
import { healMarkdown } from '../markdown/heal.ts'
import { createBell } from './bell.ts'
import { mergeContent } from './content.ts'
import { createLiveCard, type LiveCard, type LiveCardDeps } from './live-card.ts'
import { type AiCardContent, MIN_INTERVAL, WATCHDOG } from './options.ts'
import { finalText } from './record.ts'

export interface WriterOptions extends LiveCardDeps {
  readonly content: AiCardContent
  /** Milliseconds between the end of a frame and the next. */
  readonly interval: number
  readonly maxLength: number
  readonly onState: (state: 'processing' | 'inputting') => void
  /** Nobody has written anything for long, and nobody has ended it. */
  readonly onForgotten: () => void
}

export interface WriterEnd {
  readonly status: 'finished' | 'failed'
  readonly notice: string
}

/** After a frame was refused for coming too fast, the next waits at least so long. Milliseconds. */
const THROTTLED_PAUSE = 2_000

/**
 * Writes one text into as many cards as it takes. All calls are made one after the other by the one loop in here, so
 * there is never more than one on its way.
 */
export class Writer {
  readonly #options: WriterOptions
  readonly #bell = createBell()
  readonly #cards: Card[] = []
  #live: LiveCard | undefined
  #content: AiCardContent
  #text = ''
  #shown: string | undefined
  #frozen = ''
  #fallback: { readonly reason: unknown } | undefined
  #isRefused = false
  #isContentNew = false
  #isBegun = false
  #end: WriterEnd | undefined
  #dropFrame: () => void = () => {}
  #nextAt = 0
  #opened: Promise<void> | undefined
  #running: Promise<void> | undefined

  constructor(options: WriterOptions) {
    this.#options = options
    this.#content = options.content
  }

  get cards(): readonly Card[] {
    return this.#cards
  }

  get fallback(): { readonly reason: unknown } | undefined {
    return this.#fallback
  }

  /** All of it, in all cards. */
  get text(): string {
    return [this.#frozen, this.#text].filter(Boolean).join('\n\n')
  }

  get tail(): string {
    return this.#text
  }

  /** Creates the card. Resolves when it is there, or it is clear that there will be none. Never rejects. */
  open(): Promise<void> {
    if (!this.#opened) {
      this.#opened = this.#open()
      this.#running = this.#opened.then(() => this.#run())
      // Whoever ends the card hears of it.
      this.#running.catch(() => {})
    }
    return this.#opened
  }

  write(text: string): void {
    this.#text = text
    void this.open()
    this.#bell.ring()
  }

  show(content: AiCardContent): void {
    this.#content = mergeContent(this.#content, content)
    this.#isContentNew = this.#opened !== undefined
    this.#bell.ring(true)
  }

  /** @throws what kept the text from being shown anywhere. */
  async end(end: WriterEnd): Promise<void> {
    this.#end ??= end
    this.#dropFrame()
    this.#bell.ring(true)
    await this.open()
    await this.#running
  }

  async #open(): Promise<void> {
    const { engine, template } = this.#options
    const spared = engine.breaker.reason(createKey(template.id))
    try {
      this.#options.onState('processing')
      if (spared !== undefined) throw spared
      const live = createLiveCard(this.#options)
      await live.open(this.#content)
      this.#live = live
      this.#cards.push(live.card)
    } catch (error) {
      this.#live = undefined
      this.#fallback = { reason: error }
      engine.count('fallbacks')
      if (spared !== undefined) return
      if (isLasting(error)) engine.breaker.trip(createKey(template.id), error)
      engine.log.warn(`There is no AI card, so the text goes out as a message: ${reasonOf(error)}`)
    }
  }

  async #run(): Promise<void> {
    for (;;) {
      if (this.#live && this.#text.length > this.#options.maxLength) await this.#rollOver(this.#live)
      else if (this.#end) return this.#finish(this.#end)
      else if (this.#live && this.#isContentNew) await this.#update(this.#live)
      else if (!this.#live || this.#isRefused || this.#text === (this.#shown ?? '')) await this.#idle()
      else if (!this.#isBegun) await this.#begin(this.#live)
      else if (performance.now() < this.#nextAt) await this.#bell.wait(this.#nextAt - performance.now(), true)
      else await this.#frame(this.#live)
    }
  }

  async #idle(): Promise<void> {
    if ((await this.#bell.wait(WATCHDOG)) === 'rung') return
    this.#options.onForgotten()
  }

  async #begin(live: LiveCard): Promise<void> {
    this.#options.onState('inputting')
    this.#isBegun = true
    await live.begin()
  }

  async #frame(live: LiveCard): Promise<void> {
    const { sent, drop } = live.frame(() => {
      this.#shown = this.#text
      return healMarkdown(this.#visible())
    })
    this.#dropFrame = drop
    const outcome = await sent
    this.#dropFrame = () => {}
    this.#isRefused = outcome === 'refused'
    if (outcome !== 'sent') this.#shown = undefined
    const { interval } = this.#options
    const pause = outcome === 'throttled' ? Math.max(interval, THROTTLED_PAUSE) : interval
    this.#nextAt = performance.now() + Math.max(pause, MIN_INTERVAL)
  }

  /** What fits into one card; the loop moves on to the next one after the frame. */
  #visible(): string {
    const { maxLength } = this.#options
    return this.#text.length > maxLength ? cutMarkdown(this.#text, maxLength).head : this.#text
  }

  async #update(live: LiveCard): Promise<void> {
    this.#isContentNew = false
    const { log } = this.#options.engine
    await live
      .update(this.#content)
      .catch(error => log.warn(`A card gets its update only at its end: ${reasonOf(error)}`))
  }

  async #rollOver(live: LiveCard): Promise<void> {
    const { head, rest } = cutMarkdown(this.#text, this.#options.maxLength)
    // Before anything is waited for: what is appended meanwhile belongs to the next card.
    this.#text = rest
    this.#frozen = [this.#frozen, head].filter(Boolean).join('\n\n')
    this.#shown = undefined
    const end = { text: head, status: 'finished', notice: '', content: this.#content, isFrozen: true } as const
    await live.end(end)
    this.#isBegun = false
    this.#isRefused = false
    this.#isContentNew = false
    await this.#open()
  }

  async #finish({ status, notice }: WriterEnd): Promise<void> {
    const end = { text: this.#text, status, notice }
    if (this.#live) {
      await this.#live.end({ ...end, content: this.#content })
      return
    }
    const text = finalText(end)
    if (text !== '') await sayAll(this.#options.say, this.#content.title ?? '', text)
  }
}

function createKey(templateId: string): string {
  return `create:${templateId}`
}
