import { channel } from 'node:diagnostics_channel'
import { type Link, type LinkEnd, TOO_LARGE } from '../link/link.ts'
import type { Logger } from '../log/logger.ts'
import type { Counters } from './counters.ts'

/** Diagnostics channel with the life of each connection, for programs. Fields hold no secrets. */
const events = channel('dingware.connection')

/** Parts and limits of the links. */
export interface LinksOptions {
  readonly logger: Logger
  readonly counters: Counters
  readonly maxPayload: number | undefined
  /** Time for which a replaced link may stay for its pending answers, in milliseconds. */
  readonly drainTimeout: number
  /** Called when the number of open sockets changed. */
  readonly onChange: (open: number) => void
}

/** Open sockets of a session: those in use, and those that were replaced and have pending answers. */
export interface Links extends Iterable<Link> {
  readonly size: number
  readonly add: (link: Link) => void
  /** Logs and publishes why a link needs a replacement. */
  readonly report: (link: Link, end: LinkEnd, lifetime: number) => void
  /** Closes a link that has its replacement, once none of its answers is pending. */
  readonly retire: (link: Link) => void
  /** Resolves when no answer is pending on any of them, at the latest after `ms` milliseconds. */
  readonly settled: (ms: number) => Promise<unknown>
  readonly close: () => Promise<unknown>
}

/** Creates the set of links of a session, empty at first. */
export function createLinks({ logger, counters, maxPayload, drainTimeout, onChange }: LinksOptions): Links {
  const links = new Set<Link>()
  let warned = false

  const publish = (event: object): void => {
    if (events.hasSubscribers) events.publish(event)
  }
  const warnOversized = (): void => {
    if (warned) return
    warned = true
    logger.warn('A frame was larger than maxPayload; its socket was closed and opened anew.', { maxPayload })
  }

  return {
    [Symbol.iterator]: () => links[Symbol.iterator](),
    get size() {
      return links.size
    },
    add(link) {
      links.add(link)
      counters.connects++
      publish({ type: 'open', open: links.size })
      onChange(links.size)
      void link.closed.then(() => {
        links.delete(link)
        publish({ type: 'close', open: links.size })
        onChange(links.size)
      })
    },
    report(link, end, lifetime) {
      const fields = { reason: end.reason, detail: end.detail, livedMs: Math.round(lifetime), stillOpen: link.isOpen }
      publish({ type: 'end', ...fields })
      if (end.reason !== 'closed') return logger.debug('A connection is replaced.', fields)
      counters.drops++
      if (end.code === TOO_LARGE) warnOversized()
      logger.info('A connection was lost; a new one is opened.', fields)
    },
    retire: link => void link.settled(drainTimeout).then(link.close),
    settled: ms => Promise.all([...links].map(link => link.settled(ms))),
    close: () => Promise.all([...links].map(link => link.close())),
  }
}
