import type { Duplex } from 'node:stream'
import { encodeTextFrame } from '../lib/text-frame.ts'
import { robotFrame } from '../transport/message.ts'

/** The messages that a server sends: how many conversations they come from, and how long their text is. */
export interface Load {
  readonly conversations: number
  /** Bytes of the text of each. */
  readonly bytes: number
}

/** Messages ready for the wire. Each leaves with a number of its own in its ids, as nobody handles the same one twice. */
export interface Reel {
  /** Bytes of one frame on the wire. */
  readonly bytes: number
  /** Writes `count` messages in one go, numbered from `first`. */
  readonly writeTo: (tcp: Duplex, first: number, count: number) => void
}

/** A number in an id: so many hexadecimal digits. */
export const DIGITS = 6
/** Frames that are kept ready, at least; long ones are fewer. */
const READY = 1_024
const MAX_BYTES = 16 * 1024 * 1024
const TEXT = ' /status orders 今天的订单'

export function createReel({ conversations, bytes }: Load): Reel {
  const count = Math.max(conversations, Math.min(READY, Math.ceil(MAX_BYTES / bytes)))
  const frames = Array.from({ length: count }, (_, index) => stampable(index, { conversations, bytes }))
  return {
    bytes: frames[0]?.wire.length ?? 0,
    writeTo(tcp, first, count) {
      const parts = Array.from({ length: count }, (_, index) => {
        const frame = frames[(first + index) % frames.length]
        if (!frame) throw new Error('There are no frames.')
        const number = (first + index).toString(16).padStart(DIGITS, '0')
        for (const place of frame.places) frame.wire.write(number, place, 'latin1')
        return frame.wire
      })
      // A copy: the same frame may be numbered anew before the socket has taken it.
      tcp.write(Buffer.concat(parts))
    },
  }
}

/** A frame, and where in it its number stands. */
interface Stampable {
  readonly wire: Buffer
  readonly places: readonly number[]
}

function stampable(index: number, { conversations, bytes }: Load): Stampable {
  const mark = index.toString(16).padStart(DIGITS, '0')
  const padding = 'x'.repeat(Math.max(0, bytes - Buffer.byteLength(TEXT)))
  const text = robotFrame(index)
    .replaceAll('cid8sKd3/', `cid${String(index % conversations).padStart(5, '0')}/`)
    .replace(TEXT, () => TEXT + padding)
  const wire = encodeTextFrame(text)
  const places = ['19fb3', 'msgTy6kQz'].map(before => {
    const place = wire.indexOf(before + mark)
    if (place < 0) throw new Error(`A robot message has no id that begins with ${before}.`)
    return place + before.length
  })
  return { wire, places }
}
