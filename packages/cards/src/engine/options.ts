import { type Rules, rule } from '@dingware/core/plugin'
import { type AiCardOptions, HARD_MAX_LENGTH, MIN_INTERVAL } from '../ai-card/options.ts'
import type { TemplateOptions } from '../template/templates.ts'

export interface CardsOptions {
  /** Templates to use instead of those of the Python SDK, which not every organisation may use. */
  readonly templates?: TemplateOptions | undefined
  /** Defaults of every AI card. */
  readonly aiCard?:
    | Pick<
        AiCardOptions,
        | 'interval'
        | 'air'
        | 'quota'
        | 'maxLength'
        | 'failureText'
        | 'emptyText'
        | 'refusedText'
        | 'idleTimeout'
        | 'endTimeout'
      >
    | undefined
  /** Milliseconds for which no AI card is tried after one was refused for a missing permission or a wrong template. Default 300,000. */
  readonly breaker?: number | undefined
  /** Milliseconds that an open card is left alone before it counts as abandoned and is ended. Default 30,000. */
  readonly lease?: number | undefined
  /** Milliseconds for which the data of buttons is kept, where the action says nothing of it. Default 7 days. */
  readonly actionTtl?: number | undefined
  /** Milliseconds that one card call may take. Default 10,000. */
  readonly timeout?: number | undefined
}

/** With NaN, no card would be tried again, and none that is abandoned be ended. */
export const CARDS_RULES: Rules<CardsOptions> = {
  templates: rule.object,
  aiCard: rule.group<NonNullable<CardsOptions['aiCard']>>({
    interval: rule.timer(MIN_INTERVAL),
    air: rule.timer(0),
    quota: rule.oneOf('normal', 'low'),
    maxLength: rule.count(100, HARD_MAX_LENGTH),
    failureText: rule.text,
    emptyText: rule.text,
    refusedText: rule.text,
    idleTimeout: rule.timer(1),
    endTimeout: rule.timer(0),
  }),
  breaker: rule.span,
  lease: rule.timer(1),
  actionTtl: rule.span,
  timeout: rule.timer(1),
}
