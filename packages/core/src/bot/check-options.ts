import { checkOptions, QUEUE_RULES, type Rules, rule, SHARED_RULES } from '@dingware/transport'
import { RETRY_RULES } from '../api/steps/auto-retry.ts'
import { THROTTLE_RULES } from '../api/steps/throttle.ts'
import { isCommandPrefix } from '../composer/trigger/command.ts'
import type { DedupeOptions } from '../intake/dedupe/dedupe.ts'
import { STORE_RULE } from '../store/store.ts'
import type { AckOptions } from '../updates/answer/ack-policy.ts'
import type { BotOptions } from './options.ts'
import { trustedHost } from './trusted-host.ts'

const RULES: Rules<BotOptions> = {
  ...SHARED_RULES,
  ...QUEUE_RULES,
  oapiEndpoint: rule.text,
  robotCode: rule.text,
  trustedHosts: rule.texts,
  topics: rule.texts,
  commandPrefix: rule.texts,
  conversationKey: rule.callback,
  ack: rule.group<AckOptions>({ chatbot: rule.oneOf('early', 'late'), event: rule.oneOf('early', 'late') }),
  dedupe: rule.group<DedupeOptions>({ max: rule.limit(0), ttlMs: rule.span, shared: rule.flag }),
  onOverload: rule.callback,
  slowAfter: rule.orFalse(rule.timer(0)),
  autoRetry: rule.orFalse(rule.group(RETRY_RULES)),
  throttle: rule.orFalse(rule.group(THROTTLE_RULES)),
  store: STORE_RULE,
}

/** Validates the options of a bot. @throws TypeError for an option of the wrong type, out of range, or misspelt. */
export function checkBotOptions(options: BotOptions): void {
  checkOptions<BotOptions>('createBot', options, RULES)
  const address = options.trustedHosts?.find(host => trustedHost(host) === undefined)
  if (address !== undefined) {
    throw new TypeError(
      `createBot({ trustedHosts }) has ${JSON.stringify(address)}, which is no host, so it would trust nothing: write "ding.corp.example", or "ding.corp.example:8443".`,
    )
  }
  const bad = options.commandPrefix?.find(prefix => !isCommandPrefix(prefix))
  if (bad === undefined) return
  throw new TypeError(
    `createBot({ commandPrefix }) has ${JSON.stringify(bad)}: without a sign before it every word would be a command. Name signs without blanks, such as "/" and "、".`,
  )
}
