// The bot
export { type Bot, type BotStats, createBot } from './bot/bot.ts'
export type { BotOptions } from './bot/options.ts'
export { type Runnable, type RunOptions, run } from './bot/run/run.ts'

// Contexts and filters
export type { Chat, Context, From, ReplyOptions, RespondOptions } from './context/context.ts'
export type { Filter, FilterQuery } from './context/filter/filter.ts'
export type {
  ActionContext,
  ActionTrigger,
  CommandContext,
  HearsContext,
  Match,
  MatchOf,
  Trigger,
} from './composer/trigger/trigger.ts'

// Messages
export { MSGTYPES, type Message, type MessageByType, type Msgtype } from './updates/message/message.ts'
export { type AtUser, type ConversationMessage, type HostingContext, isReadByHosted } from './updates/message/base.ts'
export type { TextMessage } from './updates/message/text.ts'
export type { RichTextMessage, RichTextNode, TextStyle } from './updates/message/rich-text.ts'
export type {
  ApiFile,
  AudioMessage,
  ClientFile,
  FileMessage,
  PictureMessage,
  VideoMessage,
} from './updates/message/media.ts'
export type { ActionCardMessage, InteractiveCardMessage, MarkdownMessage } from './updates/message/card.ts'
export type { CardElement } from './updates/message/card-tree.ts'
export type { ChatRecordItem, ChatRecordMessage } from './updates/message/chat-record.ts'
export type { QuotaMessage, UnknownMessage, UnknownMsgTypeMessage } from './updates/message/notice.ts'
export type { MediaRef } from './updates/message/media-of.ts'
export type { Quoted } from './updates/message/quoted.ts'

// Events, clicks and questions
export { type EventData, type EventInfo, type EventType, isEvent } from './updates/event/event.ts'
export type { EventPayloads } from './updates/event/payloads.ts'
export type { CardAction, CardCallback } from './updates/callback/callback.ts'
export type { CardAnswer } from './updates/callback/card-answer.ts'
export { toVariables, wellFormed } from './updates/callback/card-variables.ts'
export { formValuesOf } from './updates/callback/form.ts'
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
} from './composer/action/action.ts'
export { storeOf } from './api/store-of.ts'
export { CARD_TTL, type CardClaim, type CardEntry, keepCardEntry, readCardEntry } from './composer/action/card-entry.ts'
export { type WiredButtons, wireButtons } from './composer/action/wire.ts'
export {
  problemsOf,
  type StandardIssue,
  type StandardResult,
  type StandardSchemaV1,
} from './composer/action/standard-schema.ts'
export {
  type GraphRequest,
  type GraphResponse,
  type GraphResponseOptions,
  graphResponse,
} from './updates/request/graph.ts'
export {
  type DynamicData,
  type DynamicDataQuery,
  type DynamicDataRequest,
  type DynamicDataResponse,
  dynamicDataResponse,
} from './updates/request/dynamic-data.ts'

// Sending messages
export type { LinkButton, Outgoing } from './api/send/outgoing.ts'
export { type SayButton, sayButton } from './api/send/say-button.ts'
export { hasText, requireText } from './api/send/text.ts'
export { SendError } from './api/send/send-error.ts'
export type { ReadStatus, SentMessage, Space } from './api/send/sent-message.ts'
export type { Target } from './api/send/target.ts'
export type { Mentions } from './api/send/mention.ts'
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
} from './api/interactive-card/card-data.ts'
export type {
  InteractiveCard,
  InteractiveCardOptions,
  InteractiveMention,
  InteractiveTarget,
} from './api/interactive-card/interactive-card.ts'

// Middleware, composers and plugins
export { type Composed, type ComposeOptions, compose, type Middleware, type Next } from './composer/compose/compose.ts'
export { type Composer, createComposer, type Mountable } from './composer/composer.ts'
export {
  definePlugin,
  type Plugin,
  type PluginDefinition,
  type PluginHost,
  type Wait,
} from './composer/plugin/plugin.ts'
export type { WaitRequest } from './intake/wait/request.ts'
export { actionKey, cardKey, chatKeyOf, senderKeyOf } from './intake/wait/keys.ts'

// Built-in middleware
export { type LoggerOptions, logger, type UpdateLine } from './middleware/logger/logger.ts'
export { type RateLimitOptions, rateLimit } from './middleware/rate-limit/rate-limit.ts'
export {
  type SequentializeFlavor,
  type SequentializeOptions,
  type Strategy,
  sequentialize,
} from './middleware/sequentialize/sequentialize.ts'

// Sessions and conversations
export {
  type LazySessionFlavor,
  type LazySessionOptions,
  type SessionFlavor,
  type SessionOptions,
  session,
} from './middleware/session/session.ts'
export {
  type Abandoned,
  type ConversationFlavor,
  type ConversationsOptions,
  conversations,
  type WaitForOptions,
} from './middleware/conversation/conversations.ts'

// API client
export type { Api } from './api/api.ts'
export type { ApiCall, ApiMiddleware } from './api/api-call.ts'
export type { Ding, DingWay, SentDing } from './api/robot/ding.ts'
export type { DownloadedFile, DownloadOptions } from './api/media/download.ts'
export type { UploadedMedia, UploadOptions } from './api/media/upload.ts'
export type { UploadSource } from './api/media/source.ts'
export { type AutoRetryOptions, autoRetry } from './api/steps/auto-retry.ts'
export { classify, type Failure } from './api/steps/classify.ts'
export { type ThrottleOptions, throttle } from './api/steps/throttle.ts'
export type { ApiUsage } from './api/steps/usage.ts'

// HTTP mode
export { type WebhookHandler, type WebhookOptions, webhook } from './bot/webhook/webhook.ts'
export type { WebhookHost } from './bot/webhook/receive.ts'
export type { EncryptionOptions } from './bot/webhook/encryption.ts'

// Stores and locks
export type { RateWindow, SetOptions, Store, Versioned } from './store/store.ts'
export { type MemoryStoreOptions, memoryStore } from './store/memory-store.ts'
export { type LmdbStore, type LmdbStoreOptions, lmdbStore } from './store/lmdb/lmdb-store.ts'
export { type RedisStoreOptions, redisStore } from './store/redis-store.ts'
export type { IoRedisClient, NodeRedisClient, RedisClient } from './store/redis-client.ts'
export { acquireLock, type Lock, type LockOptions, tryLock } from './store/lock/lock.ts'

// Inbox
export { type Inbox, type InboxOptions, inbox } from './middleware/inbox/inbox.ts'
export type { DeadLetter } from './middleware/inbox/arrival.ts'
export type { Admission, Admitted, KeptRun, Outcome, RunKept } from './intake/admission/admission.ts'

// Updates and their answers
export { createUpdate, type Reply, TOPICS, type Update, type UpdateKind } from './updates/update.ts'
export type { AckOptions, AckTime } from './updates/answer/ack-policy.ts'
export type { DedupeOptions } from './intake/dedupe/dedupe.ts'

// For plugins
export { checkOptions, type Rule, type RuleKit, type Rules, rule } from '@dingware/transport'
export { sleep } from './utils/sleep.ts'

// Errors, logs, version
export { BotError } from './context/bot-error.ts'
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
