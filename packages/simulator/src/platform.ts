import { Hono } from 'hono'
import { bounded } from './bounded/bounded.ts'
import { type Bus, createBus } from './bus/bus.ts'
import { type CardStore, createCardStore } from './card/store.ts'
import { type Clock, scopedClock } from './clock/clock.ts'
import type { SimulatorEvent } from './events.ts'
import { type ArmedFaults, armedFaults } from './faults/faults.ts'
import { gatewayAnswer } from './faults/gateway.ts'
import { createHub, type Hub } from './gateway/hub.ts'
import { createRecords, type Records } from './gateway/records.ts'
import { createTickets, type Tickets } from './gateway/tickets.ts'
import { createUpgrade } from './gateway/upgrade.ts'
import { createApi, unknownApi } from './http/app.ts'
import type { HttpCall } from './http/calls.ts'
import { routes } from './http/routes.ts'
import { startServer } from './http/server.ts'
import { createTokens } from './oauth/tokens.ts'
import type { Settings } from './options.ts'
import { createPage } from './page/routes.ts'
import { createRandom } from './random/random.ts'
import { type SayDeps, say } from './robot/say.ts'
import { createSessions, type Sessions } from './webhook/sessions.ts'
import type { App } from './world/types.ts'
import { createWorld, type World } from './world/world.ts'

const CALLS_KEPT = 1_000

/** The parts of a running simulator, wired up. */
export interface Platform {
  readonly url: string
  readonly app: App
  readonly bus: Bus<SimulatorEvent>
  readonly clock: Clock
  readonly world: World
  readonly hub: Hub
  readonly records: Records
  readonly cards: CardStore
  readonly armed: ArmedFaults
  readonly calls: readonly HttpCall[]
  /** Aborts when the platform closes. */
  readonly closed: AbortSignal
  say(speech: Parameters<typeof say>[1]): ReturnType<typeof say>
  close(): Promise<void>
}

export async function startPlatform(settings: Settings): Promise<Platform> {
  const parts = createParts(settings)
  const { world, clock, armed } = parts
  let url = ''
  const sayDeps: SayDeps = { ...parts, url: () => url }
  const web = createWeb(settings, parts, () => url, sayDeps)
  const server = await startServer({
    ...settings,
    fetch: request => web.fetch(request),
    upgrade: createUpgrade({
      ...parts,
      corpId: settings.corpId,
      options: settings,
      handshakeFault: () => armed.handshake.take(),
      dropFault: () => armed.drop.take() ?? false,
    }),
  })
  url = server.url

  const app = world.addApp({ ...settings, name: settings.botName })
  for (const person of [world.person('小钉'), world.person('Alice')]) {
    world.privateChat(person, app)
    world.group('开发群', [person])
  }

  return {
    ...parts,
    url,
    app,
    calls: parts.calls.items,
    say: speech => say(sayDeps, speech),
    closed: parts.closing.signal,
    async close() {
      parts.closing.abort(new Error('The simulator was closed'))
      await server.close()
      clock.close()
    },
  }
}

type Parts = ReturnType<typeof createParts>

function createParts({ clock: source, corpId, seed, connectionPolicy: policy }: Settings) {
  const clock = scopedClock(source)
  const bus = createBus<SimulatorEvent>()
  const tickets: Tickets = createTickets(clock)
  const sessions: Sessions = createSessions(clock)
  return {
    clock,
    bus,
    tickets,
    sessions,
    tokens: createTokens(clock),
    world: createWorld({ corpId, clock, bus }),
    hub: createHub({ clock, bus, random: createRandom(seed), policy }),
    records: createRecords(clock, bus),
    cards: createCardStore(),
    calls: bounded<HttpCall>(CALLS_KEPT),
    armed: armedFaults(),
    closing: new AbortController(),
  }
}

/** Everything that is asked by HTTP: the APIs, the page, and a plain no for the rest. */
function createWeb(settings: Settings, parts: Parts, url: () => string, sayDeps: SayDeps): Hono {
  const { bus, hub, clock, world, armed, calls, tokens } = parts
  const closed = parts.closing.signal
  const onCall = (call: HttpCall) => {
    calls.push(call)
    bus.emit({ type: 'call', call })
  }
  const table = routes({
    ...parts,
    apps: world.apps,
    endpoint: () => `${url().replace('http:', 'ws:')}/connect`,
    fault: () => gatewayAnswer(armed.gateway, clock, closed),
  })
  const page = { bus, hub, world, closed, host: settings.host, folder: settings.page }
  const web = new Hono()
  web.route('/', createApi({ routes: table, owner: tokens.owner, now: clock.now, onCall }))
  web.route('/', createPage({ ...page, say: speech => say(sayDeps, speech) }))
  web.notFound(c => unknownApi(c, { now: clock.now, onCall }))
  return web
}
