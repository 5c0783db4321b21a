import { randomUUID } from 'node:crypto'
import type { Logger } from '@dingware/transport'
import type { RedisCommands } from '../../../store/redis-client.ts'
import { thrownText } from '../../../utils/thrown-text.ts'
import { LEAVE, TICK } from './scripts.ts'

export interface Share {
  /** Number of partitions that this member should have. */
  readonly size: number
  /** Terms of the partitions that it has: a different term means that there was another owner in between. */
  readonly terms: ReadonlyMap<number, number>
}

export interface MembershipOptions {
  readonly commands: RedisCommands
  readonly prefix: () => string
  readonly partitions: number
  readonly lease: number
  readonly logger: Logger
  /** Partitions that can be given back now. */
  readonly givingBack: () => readonly number[]
  /** Called after each tick with the partitions of this member; with `undefined` if they are not known any more. */
  readonly onShare: (share: Share | undefined) => void
}

/** Membership of this instance among all that share an inbox. */
export interface Membership {
  readonly id: string
  readonly start: () => Promise<void>
  /** Renews the membership before the next tick. */
  readonly tick: () => Promise<void>
  /** Takes no more partitions, and gives back idle ones. */
  readonly leave: () => void
  readonly stop: () => Promise<void>
}

export function createMembership(options: MembershipOptions): Membership {
  const { commands, prefix, partitions, lease, logger, givingBack, onShare } = options
  let id: string = randomUUID()
  let timer: NodeJS.Timeout | undefined
  let expiry: NodeJS.Timeout | undefined
  let isLeaving = false
  let ticking: Promise<void> | undefined

  const tickOnce = async (): Promise<void> => {
    const since = performance.now()
    const given = givingBack().map(String)
    try {
      const answer = await commands.run(
        TICK,
        prefix(),
        id,
        String(lease),
        String(partitions),
        isLeaving ? '1' : '0',
        ...given,
      )
      if (!timer) return
      // The server counts from a later moment, so this instance notices first.
      clearTimeout(expiry)
      const left = lease - (performance.now() - since)
      if (left <= 0) return onShare(undefined)
      expiry = setTimeout(onExpired, left)
      onShare(shareOf(answer))
    } catch (error) {
      logger.debug(`The other instances could not be told that this one lives: ${thrownText(error)}`)
    }
  }

  const onExpired = (): void => {
    logger.warn('Redis was not reached for too long: other instances may run now what this one had.')
    onShare(undefined)
  }

  const tick = (): Promise<void> => {
    ticking ??= tickOnce().finally(() => {
      ticking = undefined
    })
    return ticking
  }

  return {
    get id() {
      return id
    },
    async start() {
      if (timer) return
      id = randomUUID()
      isLeaving = false
      timer = setInterval(tick, Math.min(1_000, lease / 3))
      await tick()
    },
    tick,
    leave() {
      isLeaving = true
      void tick()
    },
    async stop() {
      clearInterval(timer)
      clearTimeout(expiry)
      timer = undefined
      await ticking
      onShare(undefined)
      await commands.run(LEAVE, prefix(), id, String(partitions)).catch(() => {})
    },
  }
}

function shareOf(answer: unknown): Share {
  const [size = 0, ...rest] = Array.isArray(answer) ? answer.map(Number) : []
  const terms = new Map<number, number>()
  for (let i = 0; i + 1 < rest.length; i += 2) terms.set(rest[i] ?? 0, rest[i + 1] ?? 0)
  return { size, terms }
}
