import { bounded } from '../bounded/bounded.ts'
import type { Bus } from '../bus/bus.ts'
import type { Clock } from '../clock/clock.ts'
import type { PageContent } from '../page/protocol.ts'
import { messageId } from '../random/random.ts'
import type { Message, WorldEvent } from './types.ts'

const MESSAGES_KEPT = 10_000

export type NewMessage = Omit<Message, 'id' | 'at' | 'sequence'> & { readonly id?: string }

/** What was said. */
export interface Messages {
  readonly messages: readonly Message[]
  post(message: NewMessage): Message
  /** Gives a message a newer state; undefined when it is too old to be kept. */
  revise(id: string, content: PageContent): Message | undefined
}

export function createMessages(clock: Clock, bus: Pick<Bus<WorldEvent>, 'emit'>): Messages {
  const kept = bounded<Message>(MESSAGES_KEPT)
  let sequence = 0
  return {
    messages: kept.items,
    post({ id = messageId(), ...said }) {
      sequence += 1
      const message: Message = { ...said, id, at: clock.now(), sequence }
      kept.push(message)
      bus.emit({ type: 'message', message })
      return message
    },
    revise(id, content) {
      const old = kept.items.findLast(message => message.id === id)
      if (!old) return undefined
      const message = { ...old, content }
      kept.replace(old, message)
      bus.emit({ type: 'message', message })
      return message
    },
  }
}
