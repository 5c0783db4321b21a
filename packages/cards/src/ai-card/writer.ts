import { DingTalkError } from '@dingware/core'
import { keepSent } from '../action/keep.ts'
import { type KeptButtons, wire } from '../action/wire.ts'
import type { Card } from '../card/card.ts'
import { isLasting, reasonOf } from '../failure/failure.ts'
import { sayAll } from '../fallback/message.ts'
import { healMarkdown } from '../markdown/heal.ts'
import { partsOf } from '../markdown/parts.ts'
import { toVariables } from '../variables/variables.ts'
import { createBell } from './bell.ts'
import { mergeContent } from './content.ts'
import { createLiveCard, type LiveCard, type LiveCardDeps } from './live-card.ts'
import { type AiCardContent, MIN_INTERVAL, WATCHDOG } from './options.ts'
import { finalText } from './record.ts'
import { AI_CARD_STATUS } from './status.ts'

export interface WriterOptions extends LiveCardDeps {
  readonly content: AiCardContent
  /** Milliseconds between the end of a frame and the next. */
  readonly interval: number
  readonly maxLength: number
  /** Whether the text goes out as a message in any case. */
  readonly isTextOnly?: boolean | undefined
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
  /** One that could not be opened, and may be there all the same. */
  #ghost: LiveCard | undefined
  #content: AiCardContent
  /** All of it, as it was written. */
  #whole = ''
  /** What the earlier cards hold. */
  #frozen = ''
  /** What the cards after those are to hold, but for the last. */
  #full: string[] = []
  /** What the last one holds. */
  #text = ''
  #shown: string | undefined
  #fallback: { readonly reason: unknown } | undefined
  #isRefused = false
  #isContentNew = false
  #isBegun = false
  #end: WriterEnd | undefined
  #dropFrame: () => void = () => {}
  #nextAt = 0
  #kept: KeptButtons | undefined
  /** What the store has, of which card. */
  #saved: { readonly live?: LiveCard; readonly kept?: KeptButtons | undefined; readonly status?: string } = {}
  #opened: Promise<void> | undefined
  #running: Promise<void> | undefined

  constructor(options: WriterOptions) {
    this.#options = options
    this.#content = this.#wired(options.content)
  }

  get cards(): readonly Card[] {
    return this.#cards
  }

  get fallback(): { readonly reason: unknown } | undefined {
    return this.#fallback
  }

  /** All of it, in all cards. */
  get text(): string {
    return this.#whole
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

  append(delta: string): void {
    this.#whole += delta
    this.#text += delta
    this.#wake()
  }

  /** Takes the place of what the last card holds. */
  replace(text: string): void {
    this.#whole = [this.#frozen, ...this.#full, text].filter(Boolean).join('\n\n')
    this.#text = text
    this.#wake()
  }

  show(content: AiCardContent): void {
    this.#content = mergeContent(this.#content, this.#wired(content))
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

  #wake(): void {
    void this.open()
    this.#bell.ring()
  }

  async #open(): Promise<void> {
    const { engine, template, isTextOnly } = this.#options
    const spared = isTextOnly ? noUserId() : engine.breaker.reason(createKey(template.id))
    if (isTextOnly) engine.warnOfOutsider()
    try {
      this.#options.onState('processing')
      if (spared !== undefined) throw spared
      const live = createLiveCard(this.#options)
      // As it is now: what an end says in the meantime belongs to the end.
      const content = this.#content
      await this.#keepButtons(live, AI_CARD_STATUS.inputting)
      this.#ghost = live
      await live.open(content)
      this.#ghost = undefined
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
      if (this.#live) this.#layOut()
      if (this.#live && this.#full.length > 0) await this.#rollOver(this.#live)
      else if (this.#end) return this.#finish(this.#end)
      else if (this.#live && this.#isContentNew) await this.#update(this.#live)
      else if (!this.#live || this.#isRefused || this.#text === (this.#shown ?? '')) await this.#idle()
      else if (!this.#isBegun) await this.#begin(this.#live)
      else if (performance.now() < this.#nextAt) await this.#bell.wait(this.#nextAt - performance.now(), true)
      else await this.#frame(this.#live)
    }
  }

  #wired({ buttons, ...content }: AiCardContent): AiCardContent {
    if (!buttons) return content
    const { buttons: wired, kept } = wire(buttons)
    if (kept) this.#kept = kept
    return { ...content, buttons: wired }
  }

  /** Before people see them. A store that fails costs the buttons, not the text. */
  async #keepButtons(live: LiveCard, status: string): Promise<void> {
    const { engine, sender, target, options, template } = this.#options
    const kept = this.#kept
    if (this.#saved.live === live && this.#saved.kept === kept && this.#saved.status === status) return
    const statusKey = template.variables.status || ''
    const variables = { ...toVariables(this.#content.data ?? {}), ...(statusKey && { [statusKey]: status }) }
    const card = { templateId: template.id, target, sender, options, variables, statusKey }
    try {
      await keepSent(engine, live.card.outTrackId, card, kept)
      this.#saved = { live, kept, status }
    } catch (error) {
      engine.log.error(`The buttons of an AI card will not work, for their data was not kept: ${reasonOf(error)}`)
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
      this.#layOut()
      this.#shown = this.#text
      return healMarkdown(this.#full[0] ?? this.#text)
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

  /** Keeps what fits into one card; for what is full the loop moves on to the next. */
  #layOut(): void {
    const { full, tail } = partsOf(this.#text, this.#options.maxLength)
    this.#full.push(...full)
    this.#text = tail
  }

  async #update(live: LiveCard): Promise<void> {
    this.#isContentNew = false
    const { log } = this.#options.engine
    await this.#keepButtons(live, AI_CARD_STATUS.inputting)
    await live
      .update(this.#content)
      .catch(error => log.warn(`A card gets its update only at its end: ${reasonOf(error)}`))
  }

  async #rollOver(live: LiveCard): Promise<void> {
    const head = this.#full.shift() ?? ''
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
    if (this.#live) {
      await this.#keepButtons(this.#live, AI_CARD_STATUS[status])
      await this.#live.end({ text: this.#text, status, notice, content: this.#content })
      return
    }
    const end = { text: [...this.#full, this.#text].join('\n\n'), status, notice }
    const text = finalText(end)
    if (text !== '') await sayAll(this.#options.say, this.#content.title ?? '', text)
    await this.#ghost?.abandon(end)
  }
}

function noUserId(): DingTalkError {
  const message = 'No card can be delivered to somebody who has no userId, so the text goes out as a message.'
  return new DingTalkError(message, { code: 'ERR_NO_CARD_TARGET' })
}

function createKey(templateId: string): string {
  return `create:${templateId}`
}
