import { type SayDeps, say } from '../apis/bot-messages/say.ts'
import type { ClickDeps } from '../apis/card/click.ts'
import { createFaults, type Faults } from '../faults/faults.ts'
import { createConnectionFaults } from '../gateway/connection-faults.ts'
import { createUpgrade } from '../gateway/upgrade.ts'
import { createEventSockets } from '../http/event-sockets.ts'
import { startServer } from '../http/server.ts'
import type { Settings } from '../options/options.ts'
import { createParts, type Parts } from '../platform/parts.ts'
import { type Certificate, createCertificate, namesOf } from '../tls/certificate.ts'
import { exportFixture } from '../workbench/fixture/export.ts'
import type { Fixture } from '../workbench/fixture/types.ts'
import { createInspector } from '../workbench/inspector/inspector.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { createWeb } from './web.ts'

/** The parts of a running simulator, wired up. */
export interface Platform extends Parts {
  readonly url: string
  /** With which it speaks TLS. */
  readonly certificate: Certificate | undefined
  readonly app: App
  readonly faults: Faults
  /** Writes down what was pushed, in one conversation or in all. */
  readonly exportSession: (conversationId?: string) => Fixture
  /** Aborts when the platform closes. */
  readonly closed: AbortSignal
  /** Something a bot did against the protocol, other than on its connection. */
  readonly violation: ClickDeps['violation']
  say(input: Parameters<typeof say>[1]): ReturnType<typeof say>
  close(): Promise<void>
}

export async function startPlatform(settings: Settings): Promise<Platform> {
  const parts = createParts(settings)
  const { world, clock, armed, records } = parts
  let url = ''
  const sayDeps: SayDeps = { ...parts, url: () => url }
  const violation: ClickDeps['violation'] = ({ reason, raw }) => records.violation('', reason, raw)
  const faults = createFaults(createConnectionFaults(parts.hub, clock), armed)
  const inspector = createInspector({ parts, app: () => app, clientSecret: settings.clientSecret, url: () => url })
  const { timeline, mask } = inspector
  const exportSession = (conversationId?: string) => exportFixture({ ...parts, timeline, mask, app }, conversationId)
  const web = createWeb({ settings, parts, sayDeps, violation, faults, inspector, exportSession })
  const eventSockets = createEventSockets(request => web.fetch(request))
  const gateway = gatewayOf(parts, settings)
  const certificate = await certificateOf(settings)
  const server = await startServer({
    ...settings,
    certificate,
    fetch: (request, env) => web.fetch(request, env),
    upgrade: (request, stream, head) => {
      if (request.url?.startsWith('/_sim/')) void eventSockets(request, stream, head)
      else gateway(request, stream, head)
    },
  })
  url = server.url
  const app = populate(world, settings)

  return {
    ...parts,
    url,
    certificate,
    app,
    faults,
    exportSession,
    violation,
    say: input => say(sayDeps, input),
    closed: parts.closing.signal,
    async close() {
      parts.closing.abort(new Error('The simulator was closed'))
      await server.close()
      clock.close()
    },
  }
}

/** The WebSocket side of the gateway, with the faults that may meet a handshake. */
function gatewayOf(parts: Parts, settings: Settings): ReturnType<typeof createUpgrade> {
  const { armed } = parts
  return createUpgrade({
    ...parts,
    corpId: settings.corpId,
    options: settings,
    handshakeFault: () => armed.handshake.take(),
    dropFault: () => armed.drop.take() ?? false,
  })
}

/** The app, and two people who can write to its bot from the first moment on. */
function populate(world: World, settings: Settings): App {
  const app = world.addApp({ ...settings, name: settings.botName })
  for (const person of [world.person('小钉'), world.person('Alice')]) {
    world.privateChat(person, app)
    world.group('开发群', [person])
  }
  return app
}

async function certificateOf({ tls, host }: Settings): Promise<Certificate | undefined> {
  return tls === true ? createCertificate(namesOf(host)) : tls || undefined
}
