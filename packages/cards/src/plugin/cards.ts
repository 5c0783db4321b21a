import { type Context, TOPICS } from '@dingware/core'
import { checkOptions, definePlugin, type Plugin } from '@dingware/core/plugin'
import { createAiCard } from '../ai-card/create-ai-card.ts'
import type { AiCardOptions } from '../ai-card/options.ts'
import type { Card } from '../deliver/card.ts'
import { sayWith } from '../deliver/message.ts'
import { targetOf } from '../deliver/target.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import { CARDS_RULES, type CardsOptions } from '../engine/options.ts'
import { type CardStats, sumOf } from '../engine/stats.ts'
import type { Asking } from '../flow/asking.ts'
import { choose, confirm } from '../flow/choose.ts'
import { clickedCard } from '../flow/clicked-card.ts'
import { form } from '../flow/form.ts'
import { answerLate } from '../flow/late.ts'
import { stoppable } from '../flow/stop-button.ts'
import { buttonCard } from '../kinds/button-card.ts'
import { carouselCard } from '../kinds/carousel-card.ts'
import { markdownCard } from '../kinds/markdown-card.ts'
import { isOutOfReach, NOWHERE, replyWithText } from '../kinds/outsider.ts'
import { planOf } from '../kinds/own-card.ts'
import { rpaCard } from '../kinds/rpa-card.ts'
import { type CardPlan, sendCard } from '../kinds/send.ts'
import type { DeliverOptions } from '../template/deliver-options.ts'
import type { CardsFlavor } from './flavor.ts'

const ASKING: unique symbol = Symbol('asking')

/** For our own middleware, which serves every bot that the plugin is used in. */
interface OwnFlavor {
  readonly [ASKING]: Asking
}

/**
 * The plugin as {@link cards} makes it, with `stats()`: the cost of its cards so far, in all bots that use it.
 *
 * @example
 * const plugin = cards()
 * bot.use(plugin)
 * console.log(plugin.stats().total)
 */
export type CardsPlugin = Plugin<CardsFlavor> & { stats(): CardStats }

/**
 * The cards plugin. Cards that were left open, by a crash for example, are ended when the bot starts, as far as the
 * bot's store outlives it.
 *
 * @example
 * const bot = createBot().use(cards())
 * bot.on('chatbot', ctx => ctx.aiCard().stream(answer(ctx.text)))
 *
 * The app needs the permissions Card.Instance.Write and Card.Streaming.Write; without them AI cards become messages, and other cards
 * fail with an ApiError that names what is missing.
 */
export function cards(options: CardsOptions = {}): CardsPlugin {
  checkOptions<CardsOptions>('cards', options, CARDS_RULES)
  const engines: Engine[] = []
  const plugin = definePlugin<CardsFlavor & OwnFlavor>({
    name: 'cards',
    install(host) {
      const { api, store, logger, wait } = host
      const engine = createEngine({ api, store, options, log: logger })
      engines.push(engine)
      host.onStart(engine.start)
      host.onStop(engine.stop)
      // Questions are answered by clicks, whether or not the bot has an action of its own.
      host.subscribe(TOPICS.card)
      host.decorate(helpersOf({ engine, wait, justClosed: new Map(), told: new Set() }))
    },
    middleware: (ctx, next) => answerLate(ctx[ASKING], ctx, next),
  })
  return Object.assign(plugin, { stats: () => sumOf(engines.map(engine => engine.stats())) })
}

function helpersOf(asking: Asking): CardsFlavor & OwnFlavor & ThisType<Context & CardsFlavor> {
  const { engine, wait } = asking
  const { templates } = engine.options
  return {
    [ASKING]: asking,
    replyMarkdownCard(markdown, options = {}) {
      return reply(engine, this, markdownCard(templates, markdown, options))
    },
    replyMarkdownButtonCard(markdown, buttons, options = {}) {
      return reply(engine, this, buttonCard(templates, markdown, buttons, options))
    },
    replyCarouselCard(markdown, images, options = {}) {
      return reply(engine, this, carouselCard(templates, markdown, images, options))
    },
    replyRpaPluginCard(plugin, options = {}) {
      return reply(engine, this, rpaCard(templates, plugin, options))
    },
    async replyCard(template, data, options = {}) {
      return reply(engine, this, await planOf(template, data, options))
    },
    aiCard(options) {
      const given = hostedAiCard(this, options)
      const isOwn = (outTrackId: string): boolean => card.has(outTrackId)
      const stop = stoppable({ wait, engine, isOwn }, this, given)
      const { listen, endContent, options: own = given } = stop ?? {}
      const place = { ...placeOf(this, own.userIds), onBegin: listen, endContent, isStoppable: stop !== undefined }
      const card = createAiCard(engine, place, own)
      return card
    },
    confirm(markdown, options) {
      return confirm(asking, this, markdown, options)
    },
    choose(markdown, choices, options) {
      return choose(asking, this, markdown, choices, options)
    },
    form(card, schema, options) {
      return form(asking, this, card, schema, options)
    },
    get card() {
      return clickedCard(engine, this)
    },
  }
}

async function reply<D extends object>(engine: Engine, ctx: Context, plan: CardPlan<D>): Promise<Card<D>> {
  if (isOutOfReach(ctx)) return replyWithText(engine, ctx, plan)
  return sendCard(
    engine,
    targetOf(ctx, plan.options.userIds),
    { ...plan, options: hosted(ctx, plan.options) },
    ctx.from,
  )
}

function placeOf(ctx: Context, userIds: DeliverOptions['userIds']): Parameters<typeof createAiCard>[1] {
  const isTextOnly = isOutOfReach(ctx)
  const target = isTextOnly ? NOWHERE : targetOf(ctx, userIds)
  return { target, isTextOnly, say: sayWith(ctx), sender: ctx.from, stopSignal: ctx.signal }
}

/** Has cards say so where the bot answers on behalf of a person ("AI hosting"). */
function hosted<O extends DeliverOptions>(ctx: Context, options: O): O {
  const userId = ctx.message?.hostingContext?.userId
  return userId === undefined ? options : { hosting: userId, ...options }
}

function hostedAiCard(ctx: Context, options: AiCardOptions = {}): AiCardOptions {
  const nick = ctx.message?.hostingContext?.nick
  const source = nick === undefined ? {} : { source: `由${nick}的数字助理回答` }
  return hosted(ctx, { ...source, ...options })
}
