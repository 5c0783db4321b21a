import { type ConnectionState, createStreamClient, type StreamClient, type StreamFrame } from '@dingware/transport'
import { checkEndpoints } from '../api/endpoints.ts'
import type { Context } from '../context/context.ts'
import { type Reply, subscriptionOf, updateOfFrame } from '../updates/update.ts'
import type { Inner } from './inner.ts'
import { createLifecycle, type Lifecycle } from './lifecycle.ts'

const NO_TOPICS =
  'The bot listens to nothing, so nothing will ever arrive: add a handler with on(), command(), hears() or action(), or name stream topics with the option `topics`.'

/** Connection of a bot to the platform, with start and stop. */
export interface Connection extends Pick<Lifecycle, 'start' | 'stop'> {
  readonly client: StreamClient
  readonly state: ConnectionState
}

export function createConnection<C extends Context>(inner: Inner<C>): Connection {
  const { options, logger, engine, chain } = inner
  const { network, http, endpoints } = inner.platform

  const onFrame = (frame: StreamFrame): void => {
    if (life.isStopping) {
      frame.refuse('the bot is stopping')
      return
    }
    const line = { send: (ack: Reply) => frame.respond(ack), isOpen: () => frame.canRespond }
    void engine.intake.accept(updateOfFrame(frame), line).then(() => frame.leave())
  }
  const client = createStreamClient({
    ...options,
    endpoint: endpoints.endpoint,
    subscriptions: () => chain().topics.map(subscriptionOf),
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
      return [() => checkEndpoints(endpoints), () => inner.neighbours?.start(), ...onStart, ...inner.startHooks]
    },
    connect: client.start,
    drain: engine.drain,
    // In reverse order, since later hooks may depend on earlier ones.
    stopHooks: () => [
      ...inner.stopHooks.toReversed(),
      ...(inner.assembled?.onStop ?? []).toReversed(),
      () => inner.neighbours?.stop(),
    ],
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
