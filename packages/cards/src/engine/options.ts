import { type Rules, rule } from '@dingware/core/plugin'
import type { TemplateOptions } from '../template/templates.ts'
import { HARD_MAX_LENGTH, MIN_INTERVAL } from './limits.ts'

/** The options that can be given to all AI cards at once; those of a single card go before them. */
export interface AiCardDefaults {
  /** Milliseconds between the end of one frame and the next. Default 800; at least 300, the fastest that is seen to work. */
  readonly interval?: number | undefined
  /**
   * Milliseconds between the delivery and the first frame, and between the last frame and the end. Default 500: back to back,
   * clients now and then show "内容加载失败" (DingTalk-Real-AI/dingtalk-channel-sdk-nodejs, SPEC.md). 0 for none. A bot that stops
   * does not wait.
   */
  readonly air?: number | undefined
  /** `low` sends fewer frames, for editions with few calls a month. Default `normal`. */
  readonly quota?: 'normal' | 'low' | undefined
  /** Characters after which the text goes on in another card. Default 3,000: longer ones may render blank. At most 20,000. */
  readonly maxLength?: number | undefined
  /** Put below a text that was broken off; `''` for nothing. Default `（回答中断，请重试）`. */
  readonly failureText?: string | undefined
  /** Shown where there is no text: nothing came, or nothing that can be seen. Default `（没有生成回答，请重试）`. */
  readonly emptyText?: string | undefined
  /** Shown in place of a text that the platform's review of contents refused. Default `（这条回答无法显示）`. */
  readonly refusedText?: string | undefined
  /** Milliseconds without a piece until a source counts as hung. Default 120,000. */
  readonly idleTimeout?: number | undefined
  /** Milliseconds for which the end of a card is retried. Default 60,000. */
  readonly endTimeout?: number | undefined
}

/**
 * The options of the plugin: templates to use, defaults of AI cards, and how long things are tried and kept.
 *
 * @example
 * bot.use(cards({ templates: { ai: aiTemplate02fcf2f4 }, aiCard: { quota: 'low' } }))
 *
 * @throws TypeError or RangeError, right away, for an option that does not exist or cannot be kept.
 */
export interface CardsOptions {
  /** Templates to use instead of those of the Python SDK, which not every organisation may use. */
  readonly templates?: TemplateOptions | undefined
  /** Defaults of every AI card. */
  readonly aiCard?: AiCardDefaults | undefined
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
  aiCard: rule.group<AiCardDefaults>({
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
