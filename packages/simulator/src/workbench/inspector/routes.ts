import { Hono } from 'hono'
import { isJson } from '../../utils/json.ts'
import { detailOf } from './detail.ts'
import type { Inspector } from './inspector.ts'
import type { Replayed } from './protocol.ts'
import { pushAgain } from './push-again.ts'
import { inspectorStream } from './stream.ts'

const GONE = { error: 'This entry is no longer kept' }

/** The inspector's endpoints, below `/_sim`; who may ask is the page's affair. */
export function inspectorRoutes(inspector: Inspector): Hono {
  const { timeline } = inspector
  const find = (id: string) => timeline.items.get(Number(id))
  const routes = new Hono()

  routes.get('/inspector/events', c => inspectorStream(inspector, c.req.query('text') ?? ''))

  routes.get('/inspector/entries/:id', c => {
    const item = find(c.req.param('id'))
    return item ? c.json(detailOf(item, { mask: inspector.mask, url: inspector.url() })) : c.json(GONE, 404)
  })

  routes.post('/inspector/entries/:id/replay', async c => {
    // A foreign page may send anything else without asking first.
    if (!isJson(c.req.raw.headers)) return c.json({ error: 'Content-Type must be application/json' }, 400)
    const item = find(c.req.param('id'))
    if (!item) return c.json(GONE, 404)
    const request = pushAgain(item)
    if (!request) return c.json({ error: 'Only what was pushed to the bot can be pushed again' }, 400)
    const { delivered, messageId } = await inspector.push(request)
    return c.json({ delivered, messageId } satisfies Replayed, 202)
  })

  return routes
}
