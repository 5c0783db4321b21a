export const DEFAULT_INTERVAL = 800
/** The fastest that projects which run live send frames of one card (agentscope-ai/agentscope, chenhg5/cc-connect). */
export const MIN_INTERVAL = 300
/** Milliseconds around the first frame and the last (DingTalk-Real-AI/dingtalk-channel-sdk-nodejs, SPEC.md). */
export const DEFAULT_AIR = 500
export const MAX_AIR = 10_000
/** Milliseconds between frames of `quota: 'low'`. */
export const LOW_INTERVAL = 4_000
export const DEFAULT_MAX_LENGTH = 3_000
/** The platform takes no longer text (`param.stream.content`). */
export const HARD_MAX_LENGTH = 20_000
export const DEFAULT_FAILURE_TEXT = '（回答中断，请重试）'
export const DEFAULT_EMPTY_TEXT = '（没有生成回答，请重试）'
export const DEFAULT_REFUSED_TEXT = '（这条回答无法显示）'
export const DEFAULT_IDLE_TIMEOUT = 120_000
/** Milliseconds after which a card that nobody writes to, and nobody ends, counts as forgotten and fails by itself. */
export const FORGOTTEN_AFTER = 600_000
export const DEFAULT_END_TIMEOUT = 60_000
