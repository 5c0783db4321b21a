import {
  createDownloader,
  createHttpClient,
  createNetwork,
  type HttpClient,
  type Logger,
  type Network,
} from '@dingware/transport'
import type { Api } from '../api/api.ts'
import { createCaller } from '../api/caller.ts'
import type { Endpoints } from '../api/endpoints.ts'
import { createInteractiveCards } from '../api/interactive-card/interactive-card.ts'
import { createMedia } from '../api/media/media.ts'
import { createReplier, type Replier } from '../api/reply/replier.ts'
import { createRobot } from '../api/robot/robot.ts'
import { createSentMemory, type SentMemory } from '../api/send/memory.ts'
import { createSessionWebhook } from '../api/send/session-webhook.ts'
import { requireText } from '../api/send/text.ts'
import { STORE } from '../api/store-of.ts'
import { STUB, STUB_ROBOT, type Stubbable } from '../api/stub.ts'
import { type CallbackWindows, createCallbackWindows } from '../intake/card-windows.ts'
import type { Shared } from '../store/shared.ts'
import type { Store } from '../store/store.ts'
import { createCardCalls } from '../updates/callback/card-calls.ts'
import { type CardMemory, createCardMemory } from '../updates/callback/card-memory.ts'
import { knownRobotCode } from '../updates/message/robot-code.ts'
import { graphCardOf } from '../updates/request/graph-card.ts'
import { apiSettingsOf, type BotOptions, clientIdOf } from './options.ts'
import { trustedHost } from './trusted-host.ts'

/** Outgoing side of a bot: everything that talks to the platform. */
export interface Platform {
  readonly network: Network
  readonly http: HttpClient
  readonly api: Api & Stubbable
  readonly reply: Replier
  readonly sent: SentMemory
  readonly replyToGraph: (webhook: string, markdown: string) => Promise<void>
  readonly robotCode: () => string
  readonly endpoints: Endpoints
  readonly windows: CallbackWindows
  readonly cards: CardMemory
}

/** @param shared the store, if the bot was given one */
export function createPlatform(
  options: BotOptions,
  logger: Logger,
  store: Store,
  shared: Shared | undefined,
): Platform {
  const settings = { ...apiSettingsOf(options), shared }
  const endpoints = [settings.endpoint, settings.oapiEndpoint].filter(endpoint => endpoint !== undefined)
  let isStubbed = false
  const robotCode = (): string =>
    knownRobotCode(options.robotCode) ??
    (isStubbed ? clientIdOf(options) || STUB_ROBOT : settings.credential().clientId)
  const network = createNetwork(options)
  const http = createHttpClient({ network, ua: options.ua })
  const trustedHosts = [
    ...endpoints.map(hostOf),
    ...(options.trustedHosts ?? []).map(host => trustedHost(host) ?? host),
  ]
  const downloader = createDownloader({ network, ua: options.ua, trustedHosts })
  const sent = createSentMemory()
  const cards = createCardMemory(store, logger)
  const windows = createCallbackWindows(cards)
  const cardCalls = createCardCalls({ memory: cards, answered: windows.answered })
  const caller = createCaller(http, settings, [cardCalls])
  caller.use(windows.middleware)
  const webhook = createSessionWebhook({ api: caller, trustedHosts, logger })
  const robot = createRobot({ caller, robotCode, logger, sent, webhook })
  const media = createMedia({ call: caller.call, downloader, robotCode })
  const putStub = caller[STUB]
  const stubbable: Stubbable = {
    [STUB](stub) {
      isStubbed = true
      putStub(stub)
    },
  }
  const interactiveCards = createInteractiveCards(caller, robotCode)
  const api = Object.assign(caller, robot, media, interactiveCards, { robotCode, [STORE]: store }, stubbable)
  const replyToGraph = async (address: string, markdown: string): Promise<void> => {
    requireText('The answer to the graph call', 'its markdown', markdown)
    await webhook.post(address, graphCardOf(markdown))
  }
  const { throttle } = settings
  const perMinute = throttle === false ? Number.POSITIVE_INFINITY : throttle?.webhooksPerMinute
  const reply = createReplier({ webhook, robot, logger, perMinute, shared })
  return { cards, windows, endpoints: settings, network, http, api, sent, robotCode, replyToGraph, reply }
}

function hostOf(endpoint: string): string {
  return new URL(endpoint).host
}
