import { createHttpClient, createNetwork, type HttpClient, type Logger, type Network } from '@dingware/transport'
import { type Api, createApi } from '../api/api.ts'
import type { Stubbable } from '../api/stub.ts'
import { createReplier, type Replier } from '../reply/replier.ts'
import { createSessionWebhook } from '../reply/webhook.ts'
import { createSentMemory, type SentMemory } from '../send/memory.ts'
import { createRobotSender } from '../send/send.ts'
import { apiSettingsOf, type BotOptions } from './options.ts'

/** The way out: what a bot needs to talk to the platform. */
export interface Platform {
  readonly network: Network
  readonly http: HttpClient
  readonly api: Api & Stubbable
  readonly reply: Replier
  readonly sent: SentMemory
  readonly robotCode: () => string
}

export function createPlatform(options: BotOptions, logger: Logger): Platform {
  const settings = apiSettingsOf(options)
  const robotCode = (): string => options.robotCode ?? settings.credential().clientId
  const network = createNetwork(options)
  const http = createHttpClient({ network, ua: options.ua })
  const sent = createSentMemory()
  const api = createApi(http, settings)
  const sendToRobot = createRobotSender({ api, robotCode, logger, remember: sent.remember })
  const webhook = createSessionWebhook(api, [settings.endpoint, settings.oapiEndpoint])
  return { network, http, api, sent, robotCode, reply: createReplier({ webhook, sendToRobot, logger }) }
}
