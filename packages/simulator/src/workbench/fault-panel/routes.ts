import { Hono } from 'hono'
import * as v from 'valibot'
import { readRequest } from '../../http/read.ts'
import { serverSentEvents } from '../../http/server-sent-events.ts'
import { isJson, parseJson } from '../../utils/json.ts'
import { applyRequest } from './apply.ts'
import { faultRequest } from './requests.ts'
import { type FaultPanelDeps, readState } from './state.ts'

/** Milliseconds between two looks at what is armed. */
const LOOK = 250
const LONGEST_QUEUE = 100

/** The fault panel's endpoints, below `/_sim`; who may ask is the page's affair. */
export function faultRoutes(deps: FaultPanelDeps): Hono {
  const routes = new Hono()
  routes.get('/faults/events', () => stateStream(deps))
  routes.post('/faults', async c => {
    if (!isJson(c.req.raw.headers)) return c.json({ error: 'Content-Type must be application/json' }, 400)
    const request = await readRequest(c)
    if (!request) return c.json({ error: 'That is too much' }, 413)
    const parsed = v.safeParse(faultRequest, parseJson(request.text))
    if (!parsed.success) return c.json({ error: describe(parsed.issues[0]) }, 400)
    applyRequest(deps, parsed.output)
    return c.json(readState(deps))
  })
  return routes
}

function describe(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`
}

/** Faults are armed from everywhere and struck by anything: so it looks now and then, and tells what is different. */
function stateStream(deps: FaultPanelDeps): Response {
  const options = { longest: LONGEST_QUEUE, closed: deps.parts.closing.signal }
  return serverSentEvents(options, send => {
    let last = ''
    const look = () => {
      const state = readState(deps)
      const text = JSON.stringify(state)
      if (text === last) return
      last = text
      send(state)
    }
    look()
    const timer = setInterval(look, LOOK)
    return () => clearInterval(timer)
  })
}
