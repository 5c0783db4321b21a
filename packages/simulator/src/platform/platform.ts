import { Hono } from 'hono'
import { type ClickDeps, click } from '../apis/card/click.ts'
import { type SayDeps, say } from '../apis/robot/say.ts'
import { routes } from '../apis/routes.ts'
import { strikeApi } from '../faults/api.ts'
import { createFaults, type Faults } from '../faults/faults.ts'
import { gatewayAnswer } from '../faults/gateway.ts'
import { passed } from '../faults/wait.ts'
import { createUpgrade } from '../gateway/upgrade.ts'
import { createApi, type Env, unknownApi } from '../http/app.ts'
import type { HttpCall } from '../http/calls.ts'
import { createEventSockets } from '../http/event-sockets.ts'
import { startServer } from '../http/server.ts'
import { environmentOf } from '../options/environment.ts'
import type { Settings } from '../options/options.ts'
import { createPage } from '../page/routes.ts'
import { type Certificate, createCertificate, namesOf } from '../tls/certificate.ts'
import { faultRoutes } from '../workbench/fault-panel/routes.ts'
import { createInspector, type Inspector } from '../workbench/inspector/inspector.ts'
import { inspectorRoutes } from '../workbench/inspector/routes.ts'
import type { App } from '../world/types.ts'
import { createParts, type Parts } from './parts.ts'

/** The parts of a running simulator, wired up. */
export interface Platform extends Parts {
  readonly url: string
  /** With which it speaks TLS. */
  readonly certificate: Certificate | undefined
  readonly app: App
  readonly faults: Faults
  readonly inspector: Inspector
  /** Aborts when the platform closes. */
  readonly closed: AbortSignal
  /** Something a bot did against the protocol, other than on its connection. */
  readonly violation: ClickDeps['violation']
  say(saying: Parameters<typeof say>[1]): ReturnType<typeof say>
  close(): Promise<void>
}

export async function startPlatform(settings: Settings): Promise<Platform> {
  const parts = createParts(settings)
  const { world, clock, armed, records } = parts
  let url = ''
  const sayDeps: SayDeps = { ...parts, url: () => url }
  const violation: ClickDeps['violation'] = ({ reason, raw }) => records.violation('', reason, raw)
  const faults = createFaults(parts.hub, clock, armed)
  const inspector = createInspector({ parts, app: () => app, clientSecret: settings.clientSecret, url: () => url })
  const web = createWeb({ settings, parts, sayDeps, violation, faults, inspector })
  const eventSockets = createEventSockets(request => web.fetch(request))
  const gateway = createUpgrade({
    ...parts,
    corpId: settings.corpId,
    options: settings,
    handshakeFault: () => armed.handshake.take(),
    dropFault: () => armed.drop.take() ?? false,
  })
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

  const app = world.addApp({ ...settings, name: settings.botName })
  for (const person of [world.person('小钉'), world.person('Alice')]) {
    world.privateChat(person, app)
    world.group('开发群', [person])
  }

  return {
    ...parts,
    url,
    certificate,
    app,
    faults,
    inspector,
    violation,
    say: saying => say(sayDeps, saying),
    closed: parts.closing.signal,
    async close() {
      parts.closing.abort(new Error('The simulator was closed'))
      await server.close()
      clock.close()
    },
  }
}

async function certificateOf({ tls, host }: Settings): Promise<Certificate | undefined> {
  return tls === true ? createCertificate(namesOf(host)) : tls || undefined
}

interface WebDeps extends Pick<Platform, 'violation' | 'faults' | 'inspector'> {
  readonly settings: Settings
  readonly parts: Parts
  readonly sayDeps: SayDeps
}

/** Everything that is asked by HTTP: the APIs, the page, and a plain no for the rest. */
function createWeb({ settings, parts, sayDeps, violation, faults, inspector }: WebDeps): Hono<Env> {
  const { bus, clock, world, armed, calls, tokens, sessions } = parts
  const { url } = sayDeps
  const closed = parts.closing.signal
  const onCall = (call: HttpCall) => {
    calls.push(call)
    bus.emit({ type: 'call', call })
  }
  const table = routes({
    ...parts,
    apps: world.apps,
    url,
    templates: settings.templates,
    flowControl: armed.flowControl,
    violation,
    endpoint: () => `${url().replace(/^http/, 'ws')}/connect`,
    fault: () => gatewayAnswer(armed.gateway, clock, closed),
  })
  const expire = (kind: 'token' | 'session', value: string) =>
    kind === 'token' ? tokens.revoke(value) : sessions.close(value)
  const striking = { ...parts, rules: armed.api, closed, owner: tokens.owner, expire }
  const web = new Hono<Env>()
  const api = createApi({
    ...parts,
    routes: table,
    owner: tokens.owner,
    may: tokens.may,
    now: clock.now,
    onCall,
    strike: (route, request, gone) => strikeApi(striking, route, request, gone),
    hang: gone => passed(Number.POSITIVE_INFINITY, clock, AbortSignal.any([closed, gone])),
  })
  web.route('/', api)
  const page = createPage({
    ...parts,
    closed,
    host: settings.host,
    scheme: settings.tls ? 'https' : 'http',
    environment: () => environmentOf(settings, url()),
    folder: settings.page,
    workbench: [inspectorRoutes(inspector), faultRoutes({ parts, faults, routes: table })],
    say: saying => say(sayDeps, saying),
    click: (app, request) => click({ ...parts, violation }, app, request),
  })
  web.route('/', page)
  web.notFound(c => unknownApi(c, { now: clock.now, onCall }))
  return web
}
