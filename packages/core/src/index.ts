// The bot
export { type Bot, createBot } from './bot/bot.ts'
export type { BotOptions } from './bot/options.ts'

// What handlers get
export type { Chat, Context, From, ReplyOptions } from './context/context.ts'
export type { AtUser, Message, TextMessage, UnknownMessage } from './message/message.ts'
export type { Filter, FilterQuery } from './filter/filter.ts'

// Middleware and features in files of their own
export { compose, type Composed, type Middleware, type Next } from './compose/compose.ts'
export { type Composer, createComposer, type Mountable } from './composer/composer.ts'
export { definePlugin, type Plugin, type PluginDefinition, type PluginHost } from './plugin/plugin.ts'

// The platform, the other direction
export type { Api, ApiCall } from './api/api.ts'

// Updates
export { createUpdate, type Reply, TOPICS, type Update, type UpdateKind } from './update/update.ts'

// Errors
export { BotError } from './errors/bot-error.ts'
export { ApiError, DingTalkError, GatewayError, NetworkError, TimeoutError } from '@dingware/transport'
