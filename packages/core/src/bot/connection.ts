import {
  type ConnectionState,
  createStreamClient,
  type StreamClient,
  type StreamFrame,
  type Subscription,
} from '@dingware/transport'
import { checkEndpoints } from '../api/endpoints.ts'
import type { Context } from '../context/context.ts'
import { subscriptionOf, updateOfFrame } from '../updates/update.ts'
import type { StopHook } from './chain.ts'
import { createLifecycle, type Lifecycle } from './lifecycle.ts'
import type { Parts } from './parts.ts'

const NO_TOPICS =
  'The bot listens to nothing, so nothing will ever arrive: add a handler with on(), command(), hears() or action(), or name stream topics with the option `topics`.'

/** Connection of a bot to the platform, with start and stop. */
export interface Connection extends Pick<Lifecycle, 'start' | 'stop'> {
  readonly client: StreamClient
  readonly state: ConnectionState
}

export function createConnection<C extends Context>(parts: Parts<C>): Connection {
  const { options, logger, engine, chain } = parts
  const { network, http, endpoints } = parts.platform

  const onFrame = (frame: StreamFrame): void => {
    if (life.isStopping) {
      frame.refuse('the bot is stopping')
      return
    }
    engine.intake.accept(updateOfFrame(frame), frame)
  }
  let subscriptions: readonly Subscription[] | undefined
  const client = createStreamClient({
    ...options,
    endpoint: endpoints.endpoint,
    // Asked for with each frame.
    subscriptions: () => (subscriptions ??= chain().topics.map(subscriptionOf)),
    onFrame,
    network,
    http,
  })
  const life = createLifecycle({
    logger,
    startHooks() {
      const { topics, onStart } = chain()
      if (topics.length === 0) logger.warn(NO_TOPICS)
      engine.renew()
      return [() => checkEndpoints(endpoints), () => parts.otherInstances?.start(), ...onStart, ...parts.startHooks]
    },
    connect: client.start,
    drain: engine.drain,
    stopHooks: () => stopHooksOf(parts),
    async disconnect() {
      await client.stop()
      await network.close()
    },
  })

  return {
    client,
    get state() {
      return life.isStopping && client.state === 'online' ? 'draining' : client.state
    },
    start: life.start,
    stop: life.stop,
  }
}

/** The hooks in reverse order, since later ones may depend on earlier ones. */
function stopHooksOf<C extends Context>({ stopHooks, assembled, otherInstances }: Parts<C>): readonly StopHook[] {
  const ofPlugins = assembled?.onStop ?? []
  return [...stopHooks.toReversed(), ...ofPlugins.toReversed(), () => otherInstances?.stop()]
}
