import { Hono } from 'hono'
import type { Bus } from '../bus/bus.ts'
import type { SimulatorEvent } from '../events.ts'
import type { Hub } from '../gateway/hub.ts'
import { readRequest } from '../http/read.ts'
import { eventStream } from './events.ts'
import { defaultPageFolder, pageFile } from './files.ts'
import { isOwnPage } from './guard.ts'
import { type PageSayDeps, pageSay } from './say.ts'
import { snapshot } from './view.ts'

export interface PageDeps extends PageSayDeps {
  readonly hub: Hub
  readonly bus: Bus<SimulatorEvent>
  readonly closed: AbortSignal
  readonly host: string
  /** The folder of the built page; the default one when undefined, none when false. */
  readonly folder: string | false | undefined
}

/** The chat page and the two endpoints it lives on. */
export function createPage({ hub, bus, closed, host, folder = defaultPageFolder, ...deps }: PageDeps): Hono {
  const page = new Hono()
  page.use('/_sim/*', async (c, next) => {
    if (!isOwnPage(c.req.raw.headers, host))
      return c.json({ error: 'Only the page of this simulator may ask this' }, 403)
    return next()
  })
  page.get('/_sim/events', () => eventStream(bus, () => snapshot(deps.world, hub), closed))
  page.post('/_sim/messages', async c => {
    const request = await readRequest(c)
    if (!request) return c.json({ error: 'That is too much' }, 413)
    const { status, body } = await pageSay(deps, request.headers, request.text)
    return c.json(body, status)
  })
  page.get('*', async (c, next) => (folder === false ? next() : ((await pageFile(folder, c.req.path)) ?? next())))
  return page
}
