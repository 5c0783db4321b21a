import type { PageEvent } from '../../../src/page/protocol.ts'
import { type LiveOptions, openLive } from './live.ts'
import { parsePageEvent } from './parse.ts'

export interface EventsOptions extends Omit<LiveOptions, 'onEvent'> {
  readonly onEvent: (event: PageEvent) => void
}

/** Listens to what happens in the chats. */
export function openEvents({ onEvent, ...options }: EventsOptions): void {
  openLive('/_sim/events', {
    ...options,
    onEvent(data) {
      const event = parsePageEvent(data)
      if (event !== undefined) onEvent(event)
    },
  })
}
