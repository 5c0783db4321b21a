import { Hono } from 'hono'
import * as v from 'valibot'
import { isJson, parseJson } from '../http/json.ts'
import { readRequest } from '../http/read.ts'
import { applyRequest } from './apply.ts'
import { faultRequest } from './requests.ts'
import { type FaultPanelDeps, readState } from './state.ts'

/** Milliseconds between two looks at what is armed. */
const LOOK = 250
/** States that may wait for a page which does not read; then it is cut off, and starts anew when it comes back. */
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
  const closed = deps.parts.closing.signal
  const encoder = new TextEncoder()
  let stop = () => {}
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let last = ''
        const finish = () => {
          stop()
          controller.close()
        }
        const look = () => {
          const state = JSON.stringify(readState(deps))
          if (state === last) return
          last = state
          controller.enqueue(encoder.encode(`data: ${state}\n\n`))
          if ((controller.desiredSize ?? 0) <= 0) finish()
        }
        const timer = setInterval(look, LOOK)
        closed.addEventListener('abort', finish)
        stop = () => {
          clearInterval(timer)
          closed.removeEventListener('abort', finish)
        }
        look()
      },
      cancel: () => stop(),
    },
    { highWaterMark: LONGEST_QUEUE },
  )
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
}
