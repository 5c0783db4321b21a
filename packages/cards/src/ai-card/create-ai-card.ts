import type { Sender } from '../deliver/body.ts'
import type { Say } from '../deliver/message.ts'
import type { CardTarget } from '../deliver/target.ts'
import type { Engine } from '../engine/engine.ts'
import {
  DEFAULT_AIR,
  DEFAULT_EMPTY_TEXT,
  DEFAULT_END_TIMEOUT,
  DEFAULT_FAILURE_TEXT,
  DEFAULT_INTERVAL,
  DEFAULT_MAX_LENGTH,
  DEFAULT_REFUSED_TEXT,
  HARD_MAX_LENGTH,
  LOW_INTERVAL,
  MAX_AIR,
  MIN_INTERVAL,
} from '../engine/limits.ts'
import { aiTemplateFor } from '../template/ai-template.ts'
import { filled } from '../template/templates.ts'
import { isBlank } from '../text/well-formed.ts'
import { StreamingCard } from './ai-card.ts'
import type { AiCardContent, AiCardOptions } from './options.ts'

export interface Place {
  readonly target: CardTarget
  /** Whether no card can be delivered there, so that the text goes out as a message. */
  readonly isTextOnly?: boolean | undefined
  readonly say: Say
  readonly sender?: Sender | undefined
  readonly stopSignal?: AbortSignal | undefined
  /** Told when the card begins, with a signal that aborts when it has ended. */
  readonly onBegin?: ((ended: AbortSignal) => void) | undefined
  /** Whether somebody listens for the stop button. */
  readonly isStoppable?: boolean | undefined
  /** Shown at the end, where the end says nothing else. */
  readonly endContent?: AiCardContent | undefined
}

/** Creates an AI card that will go to a place. Nothing is sent yet. @throws RangeError for limits that cannot be kept. */
export function createAiCard(engine: Engine, place: Place, given: AiCardOptions = {}): StreamingCard {
  const options: AiCardOptions = { ...engine.options.aiCard, ...given }
  const { quota = 'normal', maxLength = DEFAULT_MAX_LENGTH } = options
  const { air = DEFAULT_AIR } = options
  const { interval = quota === 'low' ? LOW_INTERVAL : DEFAULT_INTERVAL } = options
  if (!(interval >= MIN_INTERVAL)) {
    throw new RangeError(
      `\`interval\` is ${interval} ms, but frames of one card that come faster than every ${MIN_INTERVAL} ms are refused. Use ${MIN_INTERVAL} or more.`,
    )
  }
  if (!(air >= 0 && air <= MAX_AIR)) {
    throw new RangeError(`\`air\` is ${air} ms, but people wait for it twice with each card. Use 0 to ${MAX_AIR}.`)
  }
  if (!(maxLength >= 100 && maxLength <= HARD_MAX_LENGTH)) {
    throw new RangeError(
      `\`maxLength\` is ${maxLength}, but a card takes 100 to ${HARD_MAX_LENGTH} characters; beyond some 3,000 it may render blank.`,
    )
  }
  return new StreamingCard({
    engine,
    options,
    content: contentOf(options),
    interval,
    maxLength,
    template: aiTemplateFor(engine.options.templates?.ai, options.template),
    target: place.target,
    isTextOnly: place.isTextOnly,
    say: place.say,
    sender: place.sender,
    stopSignal: place.stopSignal,
    onBegin: place.onBegin,
    endContent: place.endContent,
    notice: options.failureText ?? DEFAULT_FAILURE_TEXT,
    emptyText: shownOr(options.emptyText, DEFAULT_EMPTY_TEXT),
    refusedText: shownOr(options.refusedText, DEFAULT_REFUSED_TEXT),
    air,
    isStoppable: place.isStoppable ?? false,
    endTimeout: options.endTimeout ?? DEFAULT_END_TIMEOUT,
  })
}

/** A blank one would leave the card blank. */
function shownOr(text: string | undefined, fallback: string): string {
  return text === undefined || isBlank(text) ? fallback : text
}

function contentOf({ title, logo, staticMarkdown, tips, buttons, order, source, data }: AiCardOptions): AiCardContent {
  return { ...filled({ title, logo }), staticMarkdown, tips, buttons, order, source, data }
}
