import { Hono } from 'hono'
import { type SayDeps, say } from '../apis/bot-messages/say.ts'
import { click } from '../apis/card/click.ts'
import { routes } from '../apis/routes.ts'
import { sleep } from '../clock/sleep.ts'
import { strikeApi } from '../faults/api.ts'
import type { Faults } from '../faults/faults.ts'
import { gatewayAnswer } from '../faults/gateway.ts'
import { createApi, type HonoEnv, unknownApi } from '../http/api.ts'
import type { HttpCall } from '../http/calls.ts'
import type { Route } from '../http/route.ts'
import { environmentOf } from '../options/environment.ts'
import type { Settings } from '../options/options.ts'
import { createPage } from '../page/routes.ts'
import type { Parts } from '../platform/parts.ts'
import { faultRoutes } from '../workbench/fault-panel/routes.ts'
import { fixtureRoutes } from '../workbench/fixture/routes.ts'
import type { Fixture } from '../workbench/fixture/types.ts'
import type { Inspector } from '../workbench/inspector/inspector.ts'
import { inspectorRoutes } from '../workbench/inspector/routes.ts'

export interface WebDeps {
  readonly settings: Settings
  readonly parts: Parts
  readonly sayDeps: SayDeps
  readonly violation: Parameters<typeof click>[0]['violation']
  readonly faults: Faults
  readonly inspector: Inspector
  readonly exportSession: (conversationId?: string) => Fixture
}

/** Everything that is asked by HTTP: the APIs, the page, and a plain no for the rest. */
export function createWeb(deps: WebDeps): Hono<HonoEnv> {
  const { world, calls, bus, clock } = deps.parts
  const onCall = (call: HttpCall) => {
    calls.push(call)
    bus.emit({ type: 'call', call })
  }
  const table = routes({
    ...deps.parts,
    apps: world.apps,
    url: deps.sayDeps.url,
    templates: deps.settings.templates,
    flowControl: deps.parts.armed.flowControl,
    violation: deps.violation,
    endpoint: () => `${deps.sayDeps.url().replace(/^http/, 'ws')}/connect`,
    fault: () => gatewayAnswer(deps.parts.armed.gateway, clock, deps.parts.closing.signal),
  })
  const web = new Hono<HonoEnv>()
  web.route('/', apiOf(deps, table, onCall))
  web.route('/', pageOf(deps, table))
  web.notFound(c => unknownApi(c, { now: clock.now, onCall }))
  return web
}

/** The platform's APIs, with the faults that may strike them. */
function apiOf({ parts }: WebDeps, table: readonly Route[], onCall: (call: HttpCall) => void): Hono<HonoEnv> {
  const { clock, armed, tokens, sessions } = parts
  const closed = parts.closing.signal
  const expire = (kind: 'token' | 'session', value: string) =>
    kind === 'token' ? tokens.revoke(value) : sessions.close(value)
  const striking = { ...parts, rules: armed.api, closed, owner: tokens.owner, expire }
  return createApi({
    ...parts,
    routes: table,
    owner: tokens.owner,
    may: tokens.may,
    now: clock.now,
    onCall,
    strike: (route, request, gone) => strikeApi(striking, route, request, gone),
    hang: gone => sleep(Number.POSITIVE_INFINITY, clock, AbortSignal.any([closed, gone])),
  })
}

/** The chat page with the inspector and the fault panel beside it. */
function pageOf(deps: WebDeps, table: readonly Route[]): Hono {
  const { settings, parts, sayDeps, violation, faults, inspector, exportSession } = deps
  return createPage({
    ...parts,
    closed: parts.closing.signal,
    host: settings.host,
    scheme: settings.tls ? 'https' : 'http',
    environment: () => environmentOf(settings, sayDeps.url()),
    folder: settings.page,
    workbench: [
      inspectorRoutes(inspector),
      fixtureRoutes(exportSession),
      faultRoutes({ parts, faults, routes: table }),
    ],
    say: input => say(sayDeps, input),
    click: (app, request) => click({ ...parts, violation }, app, request),
  })
}
