// The bot

export { ApiError, DingTalkError, GatewayError, NetworkError, TimeoutError } from '@dingware/transport'
// The platform, the other direction
export type { Api, ApiCall } from './api/api.ts'
export { type Bot, createBot } from './bot/bot.ts'
export type { BotOptions } from './bot/options.ts'
// Middleware and features in files of their own
export { type Composed, compose, type Middleware, type Next } from './compose/compose.ts'
export { type Composer, createComposer, type Mountable } from './composer/composer.ts'
// What handlers get
export type { Chat, Context, From, ReplyOptions } from './context/context.ts'
// Errors
export { BotError } from './errors/bot-error.ts'
export type { Filter, FilterQuery } from './filter/filter.ts'
export type { AtUser, Message, TextMessage, UnknownMessage } from './message/message.ts'
export { definePlugin, type Plugin, type PluginDefinition, type PluginHost } from './plugin/plugin.ts'
// Updates
export { createUpdate, type Reply, TOPICS, type Update, type UpdateKind } from './update/update.ts'
