import type { Logger } from '@dingware/transport'
import type { Admission } from '../intake/admission/admission.ts'
import { createSharedDedupe } from '../intake/dedupe/shared-dedupe.ts'
import { type Beat, createInstances } from '../store/instances/instances.ts'
import type { Store } from '../store/store.ts'
import type { BotOptions } from './options.ts'

/** Tracking of the bot's other instances, by the store that they share. */
export interface Neighbours {
  /** Detection of updates that another instance has got, if the option `dedupe.shared` is set. */
  readonly admission: Admission | undefined
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

export interface NeighboursOptions {
  readonly store: Store
  readonly options: BotOptions
  readonly logger: Logger
  /** True if the bot is not meant to have other instances. */
  readonly isAlone: () => boolean
}

const REMEMBER = 30 * 60_000

export function createNeighbours({ store, options, logger, isAlone }: NeighboursOptions): Neighbours {
  const { shared = false, ttlMs = REMEMBER } = options.dedupe ?? {}
  const onOther = (other: Beat): void => {
    if (!shared && isAlone()) logger.warn(secondInstance(other))
  }
  // The store is limited to this bot's keys already.
  const instances = createInstances({ store, prefix: () => '', logger, onOther })
  return {
    admission: shared ? createSharedDedupe({ store, instances, ttlMs, logger }) : undefined,
    start: instances.start,
    stop: instances.stop,
  }
}

function secondInstance({ host, pid, since }: Beat): string {
  return `Another instance of this bot is connected (process ${pid} on ${host}, since ${new Date(since).toISOString()}). DingTalk gives each push to one of the two at random, so waits and order within one process miss half of them. Stop one; or, where there shall be several, use inbox({ redis }) or \`dedupe: { shared: true }\`.`
}
