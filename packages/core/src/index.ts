// The bot

export { ApiError, DingTalkError, GatewayError, NetworkError, TimeoutError } from '@dingware/transport'
// Updates, and when they are answered
export type { AckOptions, AckTime } from './ack/ack-policy.ts'
// The platform, the other direction
export type { Api } from './api/api.ts'
export type { ApiCall, ApiMiddleware } from './api/api-call.ts'
export { type Bot, type BotStats, createBot } from './bot/bot.ts'
export type { BotOptions } from './bot/options.ts'
export type { CardCallback } from './callback/callback.ts'
// Middleware and features in files of their own
export { type Composed, type ComposeOptions, compose, type Middleware, type Next } from './compose/compose.ts'
export { type Composer, createComposer, type Mountable } from './composer/composer.ts'
// What handlers get
export type { Chat, Context, From, ReplyOptions, RespondOptions } from './context/context.ts'
export type { DedupeOptions } from './dedupe/dedupe.ts'
// Errors
export { BotError } from './errors/bot-error.ts'
export type { EventInfo } from './event/event.ts'
export type { EventPayloads } from './event/payloads.ts'
export type { Filter, FilterQuery } from './filter/filter.ts'
// Middleware for everyone
export { type LoggerOptions, logger, type UpdateLine } from './logger/logger.ts'
export type { MediaRef } from './message/media-of.ts'
export type { AtUser, Message, MessageByType, TextMessage, UnknownMessage } from './message/message.ts'
export type { Quoted } from './message/quoted.ts'
export { type AutoRetryOptions, autoRetry } from './outgoing/auto-retry.ts'
export { type ThrottleOptions, throttle } from './outgoing/throttle.ts'
export type { ApiUsage } from './outgoing/usage.ts'
export { definePlugin, type Plugin, type PluginDefinition, type PluginHost } from './plugin/plugin.ts'
export { type RateLimitOptions, rateLimit } from './rate-limit/rate-limit.ts'
export type { DynamicDataRequest } from './request/dynamic-data.ts'
export type { GraphRequest } from './request/graph.ts'
export { type Runnable, type RunOptions, run } from './run/run.ts'
export {
  type SequentializeFlavor,
  type SequentializeOptions,
  type Strategy,
  sequentialize,
} from './sequentialize/sequentialize.ts'
// State
export { type MemoryStoreOptions, memoryStore } from './store/memory-store.ts'
export type { SetOptions, Store, Versioned } from './store/store.ts'
export type { ActionContext, ActionTrigger, CommandContext, HearsContext, Match, Trigger } from './trigger/trigger.ts'
export { createUpdate, type Reply, TOPICS, type Update, type UpdateKind } from './update/update.ts'
// Without a socket
export { type WebhookHandler, type WebhookHost, type WebhookOptions, webhook } from './webhook/webhook.ts'
