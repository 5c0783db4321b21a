import { Hono } from 'hono'
import type * as v from 'valibot'
import { readRequest } from '../http/read.ts'
import type { SimulatorEnvironment } from '../options/environment.ts'
import type { SimulatorEvent } from '../platform/events.ts'
import type { Bus } from '../utils/bus.ts'
import { type Answer, jsonHandler } from './answer.ts'
import { clickSchema, type PageClickDeps, pageClick } from './clicks.ts'
import { eventStream } from './events.ts'
import { defaultPageFolder, pageFile } from './files.ts'
import { isOwnPage } from './guard.ts'
import { mediaResponse } from './media.ts'
import { addGroup, addUser, groupSchema, markRead, readSchema, userSchema } from './people.ts'
import { type PageSayDeps, pageSay, saySchema } from './say.ts'
import { snapshotEvents } from './snapshot.ts'
import { pageUpload, tooLarge } from './uploads.ts'
import { toPageEvent } from './view.ts'

export interface PageDeps extends PageSayDeps, Omit<PageClickDeps, 'cards'> {
  readonly bus: Bus<SimulatorEvent>
  readonly closed: AbortSignal
  readonly host: string
  readonly scheme: 'http' | 'https'
  /** Environment variables that point a bot at this simulator. */
  readonly environment: () => SimulatorEnvironment
  /** More endpoints below `/_sim`, for the page alone as well. */
  readonly workbench: readonly Hono[]
  /** The folder of the built page; the default one when undefined, none when false. */
  readonly folder: string | false | undefined
}

/** The chat page and the endpoints it lives on; `protocol.ts` lists them. */
export function createPage(all: PageDeps): Hono {
  const { bus, closed, host, scheme, environment, workbench, folder = defaultPageFolder, ...deps } = all
  const { world, files } = deps
  const run = crypto.randomUUID()
  const page = new Hono()
  page.use('/_sim/*', async (c, next) => {
    if (isOwnPage(c.req.raw.headers, host, scheme)) return next()
    return c.json({ error: 'Only the page of this simulator may ask this' }, 403)
  })
  const ask = <T>(path: string, schema: v.GenericSchema<unknown, T>, work: (body: T) => Answer | Promise<Answer>) =>
    page.post(path, jsonHandler(schema, work))
  page.get('/_sim/events', () =>
    eventStream({
      bus,
      closed,
      snapshotEvents: () => snapshotEvents(deps, run),
      toPageEvent: event => toPageEvent(deps, event),
    }),
  )
  // With a secret, of the simulator's own making: nothing on the way is to keep it.
  page.get('/_sim/environment', c => c.json(environment(), 200, { 'cache-control': 'no-store' }))
  page.get(
    '/_sim/media/:id',
    async c => (await mediaResponse(files, c.req.param('id'))) ?? c.json({ error: 'gone' }, 404),
  )
  page.post('/_sim/files', async c => {
    const request = await readRequest(c)
    const { status, body } = request ? pageUpload(files, request) : tooLarge()
    return c.json(body, status === 204 ? 200 : status)
  })
  ask('/_sim/messages', saySchema, body => pageSay(deps, body))
  ask('/_sim/clicks', clickSchema, body => pageClick(deps, body))
  ask('/_sim/users', userSchema, body => addUser(world, body))
  ask('/_sim/groups', groupSchema, body => addGroup(world, body))
  ask('/_sim/read', readSchema, body => markRead(world, body))
  for (const routes of workbench) page.route('/_sim', routes)
  page.get('*', async (c, next) => (folder === false ? next() : ((await pageFile(folder, c.req.path)) ?? next())))
  return page
}
