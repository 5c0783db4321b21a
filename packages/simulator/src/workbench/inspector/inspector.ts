import type { Delivery, PushRequest } from '../../gateway/types.ts'
import type { Parts } from '../../platform/parts.ts'
import { uuid } from '../../utils/random.ts'
import type { App } from '../../world/types.ts'
import { createConversationFinder } from './conversation-finder.ts'
import { createMask, type Mask } from './mask.ts'
import { readMeters } from './meters.ts'
import { observe } from './observe.ts'
import type { Meters } from './protocol.ts'
import { createTimeline, type Timeline } from './timeline.ts'

const LIMITS = { entries: 5_000, characters: 32 * 1024 * 1024 }

/** Everything that went over the wire, in one line of time. */
export interface Inspector {
  /** Unlike that of any other simulator. */
  readonly run: string
  readonly timeline: Timeline
  readonly most: number
  readonly mask: Mask
  readonly closed: AbortSignal
  url(): string
  meters(): Meters
  push(request: PushRequest): Promise<Delivery>
}

export interface InspectorDeps {
  readonly parts: Parts
  /** The app whose bot is looked at; it is known only when the platform runs. */
  readonly app: () => App
  readonly clientSecret: string
  readonly url: () => string
}

export function createInspector({ parts, app, clientSecret, url }: InspectorDeps): Inspector {
  const timeline = createTimeline(LIMITS)
  const mask = createMask(clientSecret, parts.secrets)
  observe({ ...parts, timeline, mask, finder: createConversationFinder(parts) })
  return {
    run: uuid(),
    timeline,
    most: LIMITS.entries,
    mask,
    closed: parts.closing.signal,
    url,
    meters: () => readMeters({ ...parts, timeline }),
    push: request => parts.hub.push(app(), request),
  }
}
