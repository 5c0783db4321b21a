import type { Clock } from '../clock/clock.ts'
import { setBounded } from '../utils/bounded.ts'
import { parseJson } from '../utils/json.ts'
import type { Ack } from './ack.ts'
import type { AckResult } from './types.ts'

/** Ids remembered per connection, so that a late or second ack is told from one that is made up. */
const IDS_KEPT = 5_000

interface Entry {
  state: 'waiting' | 'late' | 'answered'
  readonly sentAt: number
  readonly echo: string | undefined
  settle(result: AckResult): void
}

/** The acks that are owed on one connection. */
export interface PendingAcks {
  /** `echo`: the data of a ping, whose `opaque` the ack must carry. `deadline`: in milliseconds, the usual one by default. */
  expect(messageId: string, echo?: string, deadline?: number): Promise<AckResult>
  /** The verdict on an ack; a string says what is wrong with it. */
  answer(ack: Ack): { readonly verdict: 'ok' | 'late' } | string
  /** The connection has ended: what still waits is `closed`. */
  close(): void
}

export function createPendingAcks(clock: Clock, usual: number): PendingAcks {
  const entries = new Map<string, Entry>()

  return {
    expect(messageId, echo, deadline = usual) {
      return new Promise(resolve => {
        const cancel = clock.after(deadline, () => {
          entry.state = 'late'
          resolve({ status: 'timeout' })
        })
        const settle = (result: AckResult) => {
          cancel()
          resolve(result)
        }
        const entry: Entry = { state: 'waiting', sentAt: clock.now(), echo, settle }
        setBounded(entries, messageId, entry, IDS_KEPT)
      })
    },
    answer(ack) {
      const entry = entries.get(ack.messageId)
      if (!entry) return `headers.messageId ${ack.messageId} was never sent on this connection`
      if (entry.state === 'answered') return `headers.messageId ${ack.messageId} was answered before`
      if (entry.echo !== undefined && !echoes(entry.echo, ack.data)) return 'the answer to a ping must echo its opaque'
      const verdict = entry.state === 'late' ? 'late' : 'ok'
      entry.state = 'answered'
      const { code, data, message } = ack
      entry.settle({ status: 'acked', code, data, message, latency: clock.now() - entry.sentAt })
      return { verdict }
    },
    close() {
      for (const entry of entries.values()) entry.settle({ status: 'closed' })
      entries.clear()
    },
  }
}

/** Only what `opaque` says counts: clients that read the data and write it anew set blanks (the official Python client). */
function echoes(ping: string, pong: string): boolean {
  const { opaque } = Object(parseJson(ping))
  return opaque === undefined || opaque === Object(parseJson(pong)).opaque
}
