// The bot
export { type Bot, type BotStats, createBot } from './bot/bot.ts'
export type { BotOptions } from './bot/options.ts'
export { type Runnable, type RunOptions, run } from './run/run.ts'

// What handlers get
export type { Chat, Context, From, ReplyOptions, RespondOptions } from './context/context.ts'
export type { Filter, FilterQuery } from './filter/filter.ts'
export type {
  ActionContext,
  ActionTrigger,
  CommandContext,
  HearsContext,
  Match,
  MatchOf,
  Trigger,
} from './trigger/trigger.ts'

// Messages
export { MSGTYPES, type Message, type MessageByType, type Msgtype } from './message/message.ts'
export { type AtUser, type ConversationMessage, type HostingContext, isReadByHosted } from './message/base.ts'
export type { TextMessage } from './message/text.ts'
export type { RichTextMessage, RichTextNode, TextStyle } from './message/rich-text.ts'
export type { ApiFile, AudioMessage, ClientFile, FileMessage, PictureMessage, VideoMessage } from './message/media.ts'
export type { ActionCardMessage, InteractiveCardMessage, MarkdownMessage } from './message/card.ts'
export type { CardElement } from './message/card-tree.ts'
export type { ChatRecordItem, ChatRecordMessage } from './message/chat-record.ts'
export type { QuotaMessage, UnknownMessage, UnknownMsgTypeMessage } from './message/notice.ts'
export type { MediaRef } from './message/media-of.ts'
export type { Quoted } from './message/quoted.ts'

// Events, clicks and questions
export { type EventData, type EventInfo, type EventType, isEvent } from './event/event.ts'
export type { EventPayloads } from './event/payloads.ts'
export type { CardAction, CardCallback } from './callback/callback.ts'
export type { CardAnswer } from './callback/card-answer.ts'
export { toVariables, wellFormed } from './callback/card-variables.ts'
export { formValuesOf } from './callback/form.ts'
export {
  type Action,
  type ActionButton,
  type ActionOptions,
  type Allowed,
  type ButtonStyle,
  type ClickContext,
  type DefinedActionContext,
  defineAction,
  isActionButton,
  isAllowed,
  type LinkedButton,
} from './action/action.ts'
export { storeOf } from './api/store-of.ts'
export { CARD_TTL, type CardClaim, type CardEntry, keepCardEntry, readCardEntry } from './action/card-entry.ts'
export { type WiredButtons, wireButtons } from './action/wire.ts'
export { problemsOf, type StandardIssue, type StandardResult, type StandardSchemaV1 } from './action/standard-schema.ts'
export { type GraphRequest, type GraphResponse, type GraphResponseOptions, graphResponse } from './request/graph.ts'
export {
  type DynamicData,
  type DynamicDataQuery,
  type DynamicDataRequest,
  type DynamicDataResponse,
  dynamicDataResponse,
} from './request/dynamic-data.ts'

// What a bot says
export type { LinkButton, Outgoing } from './send/outgoing.ts'
export { type SayButton, sayButton } from './send/say-button.ts'
export { hasText, requireText } from './send/text.ts'
export { SendError } from './send/send-error.ts'
export type { ReadStatus, SentMessage, Space } from './send/sent-message.ts'
export type { Target } from './send/target.ts'
export type { Mentions } from './reply/mention.ts'
export { type MarkdownDialect, toDingTalkMarkdown } from './markdown/fit.ts'
export { closeFences } from './markdown/fence.ts'
export { type SplitOptions, splitMarkdown } from './markdown/split.ts'
export { plainTextOf, titleOf } from './markdown/plain.ts'
export {
  type InteractiveBlock,
  type InteractiveButton,
  type InteractiveCardData,
  type InteractiveHeader,
  type InteractiveLines,
  interactiveCard,
  interactiveLines,
} from './interactive-card/card-data.ts'
export type {
  InteractiveCard,
  InteractiveCardOptions,
  InteractiveMention,
  InteractiveTarget,
} from './interactive-card/interactive-card.ts'

// Middleware and features in files of their own
export { type Composed, type ComposeOptions, compose, type Middleware, type Next } from './compose/compose.ts'
export { type Composer, createComposer, type Mountable } from './composer/composer.ts'
export { definePlugin, type Plugin, type PluginDefinition, type PluginHost, type Wait } from './plugin/plugin.ts'
export type { WaitRequest } from './wait/request.ts'
export { actionKey, cardKey, chatKeyOf, senderKeyOf } from './wait/keys.ts'

// Middleware for everyone
export { type LoggerOptions, logger, type UpdateLine } from './logger/logger.ts'
export { type RateLimitOptions, rateLimit } from './rate-limit/rate-limit.ts'
export {
  type SequentializeFlavor,
  type SequentializeOptions,
  type Strategy,
  sequentialize,
} from './sequentialize/sequentialize.ts'

// Remembering, and talking
export {
  type LazySessionFlavor,
  type LazySessionOptions,
  type SessionFlavor,
  type SessionOptions,
  session,
} from './session/session.ts'
export {
  type Abandoned,
  type ConversationFlavor,
  type ConversationsOptions,
  conversations,
  type WaitForOptions,
} from './conversation/conversations.ts'

// The platform, the other direction
export type { Api } from './api/api.ts'
export type { ApiCall, ApiMiddleware } from './api/api-call.ts'
export type { Ding, DingWay, SentDing } from './robot/ding.ts'
export type { DownloadedFile, DownloadOptions } from './media/download.ts'
export type { UploadedMedia, UploadOptions } from './media/upload.ts'
export type { UploadSource } from './media/source.ts'
export { type AutoRetryOptions, autoRetry } from './outgoing/auto-retry.ts'
export { classify, type Failure } from './outgoing/classify.ts'
export { type ThrottleOptions, throttle } from './outgoing/throttle.ts'
export type { ApiUsage } from './outgoing/usage.ts'

// Without a socket
export { type WebhookHandler, type WebhookOptions, webhook } from './webhook/webhook.ts'
export type { WebhookHost } from './webhook/receive.ts'
export type { EncryptionOptions } from './webhook/encryption.ts'

// State
export type { RateWindow, SetOptions, Store, Versioned } from './store/store.ts'
export { type MemoryStoreOptions, memoryStore } from './store/memory-store.ts'
export { type LmdbStore, type LmdbStoreOptions, lmdbStore } from './store/lmdb/lmdb-store.ts'
export { type RedisStoreOptions, redisStore } from './store/redis-store.ts'
export type { IoRedisClient, NodeRedisClient, RedisClient } from './store/redis-client.ts'
export { acquireLock, type Lock, type LockOptions, tryLock } from './lock/lock.ts'

// Beyond one process
export { type Inbox, type InboxOptions, inbox } from './inbox/inbox.ts'
export type { DeadLetter } from './inbox/arrival.ts'
export type { Admission, Admitted, KeptRun, Outcome, RunKept } from './admission/admission.ts'

// Updates, and when they are answered
export { createUpdate, type Reply, TOPICS, type Update, type UpdateKind } from './update/update.ts'
export type { AckOptions, AckTime } from './ack/ack-policy.ts'
export type { DedupeOptions } from './dedupe/dedupe.ts'

// For plugins
export { checkOptions, type Rule, type RuleKit, type Rules, rule } from '@dingware/transport'
export { sleep } from './sleep/sleep.ts'

// Errors, logs, version
export { BotError } from './errors/bot-error.ts'
export {
  ApiError,
  createLogger,
  DingTalkError,
  GatewayError,
  type Logger,
  NetworkError,
  TimeoutError,
  version,
} from '@dingware/transport'
