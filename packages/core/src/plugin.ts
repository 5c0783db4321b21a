/**
 * The entry for plugins, stores, admissions and other packages on core; bots do without it:
 * `import { checkOptions } from '@dingware/core/plugin'`.
 */

// Plugins, and waiting for an answer (`senderKeyOf` and `chatKeyOf`, which bots use too, are in the main entry)
export { definePlugin, type Plugin, type PluginDefinition, type PluginHost } from './composer/plugin/plugin.ts'
export type { Wait, WaitRequest } from './intake/wait/request.ts'
export { actionKey, cardKey } from './intake/wait/keys.ts'
export { sleep } from './utils/sleep.ts'

// Checking the options of a plugin
export { checkOptions, type Rule, type RuleKit, type Rules, rule } from '@dingware/transport'

// Keeping updates before they are answered, as `inbox()` does
export type { Admission, Admitted, KeptRun, Outcome, RunKept } from './intake/admission/admission.ts'

// Stores
export type { RateWindow, SetOptions, Versioned } from './store/store.ts'

// Cards: their buttons on the wire, what is kept of a card, its variables
export { isActionButton, isAllowed } from './composer/action/action.ts'
export { type WiredButtons, wireButtons } from './composer/action/wire.ts'
export { CARD_TTL, type CardEntry, keepCardEntry, readCardEntry } from './updates/callback/card-entry.ts'
export { storeOf } from './api/store-of.ts'
export { toVariables, wellFormed } from './updates/callback/card-variables.ts'

// Texts, before they are sent
export { hasText, requireText } from './api/send/text.ts'
export { closeFences } from './markdown/fence.ts'

// What a failed call says about another try
export { classify, type Failure } from './api/steps/classify.ts'
