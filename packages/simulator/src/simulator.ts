import type { ConnectionInfo } from './gateway/types.ts'
import { environmentOf, type SimulatorEnvironment } from './options/environment.ts'
import { type SimulatorOptions, withDefaults } from './options/options.ts'
import { startPlatform } from './server/platform.ts'
import { type Chats, createChats } from './simulator/chats.ts'
import { type Controls, controlsOf } from './simulator/controls.ts'
import { createObservations, type Observations } from './simulator/observations.ts'
import { createPushing, type Pushing } from './simulator/pushing.ts'
import { createWaiter, type WaitOptions } from './utils/wait.ts'

/**
 * A DingTalk in this process: a server that speaks both kinds of its API and its stream, and the means to test a bot
 * against it. Made by {@link createSimulator}.
 *
 * - people and chats: `user`, `group`, `chat`, `customRobot`, `disband`, `removeBot`, `expectReply`
 * - records: `messages`, `cards`, `calls`, `frames`, `violations`, `reactions`, `media`, `until`, `on`
 * - connections: `connections`, `connected`, `rotate`
 * - other pushes: `event`, `graph`, `pullDynamicData`, `push`, `fixture`, `replay`
 * - behaviour: `faults`, `permissions`, `quota`, `throttle`, `switches`, `clock`
 */
export interface Simulator extends Chats, Observations, Pushing, Controls, AsyncDisposable {
  /** `http://host:port` (`https://` with the option `tls`), for both kinds of API; open it in a browser for the chat page. */
  readonly url: string
  /**
   * The certificate that clients have to trust, in PEM; undefined without the option `tls`.
   *
   * @example
   * await using sim = await createSimulator({ tls: true })
   * const bot = createBot({ endpoint: sim.url, oapiEndpoint: sim.url, tls: { ca: sim.certificate }, ...credentials })
   */
  readonly certificate: string | undefined
  /** The id of the app (AppKey) whose bot is tested. */
  readonly clientId: string
  /** The secret of that app (AppSecret). */
  readonly clientSecret: string
  /**
   * Environment variables that point a bot at this simulator: its credentials, and the addresses of the platform.
   *
   * @example
   * spawn('node', ['bot.js'], { env: { ...process.env, ...sim.environment } })
   */
  readonly environment: SimulatorEnvironment
  /** Connections whose sockets are open, those that get no more pushes included. */
  readonly connections: readonly ConnectionInfo[]
  /**
   * Resolves when at least `count` connections (1 by default) take pushes. Rejects after `timeout`, 5,000 ms by default.
   *
   * @example
   * await bot.start()
   * await sim.connected()
   */
  connected(count?: number, options?: WaitOptions): Promise<void>
  /**
   * Ends all connections, waits for the server to close, and cancels every timer and wait. May be called more than once;
   * `await using` calls it by itself.
   */
  close(): Promise<void>
}

/**
 * Starts a local DingTalk for development and tests, on a free port of this machine.
 *
 * Rejects with a TypeError that names a wrong option, and with `code` `EADDRINUSE` when the port is taken.
 *
 * @example
 * await using sim = await createSimulator()
 * // start a bot with sim.environment as its environment variables, then
 * const said = await sim.user('Alice').say('hi')
 * const reply = await said.reply()
 *
 * @remarks It checks credentials, signatures and limits as the platform does, and yet it guards nothing: listen on an
 * address that others can reach only for as long as they may read along.
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const platform = await startPlatform(withDefaults(options))
  const { url, app, hub, bus } = platform
  const waiter = createWaiter(bus, platform.closed)
  let closing: Promise<void> | undefined

  function close(): Promise<void> {
    closing ??= platform.close()
    return closing
  }

  return {
    url,
    certificate: platform.certificate?.cert,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    environment: environmentOf(app, url),
    ...createChats(platform, waiter),
    ...createObservations(platform, waiter),
    ...createPushing(platform, waiter),
    ...controlsOf(platform),
    get connections() {
      return hub.infos()
    },
    async connected(count = 1, wait = {}) {
      const open = () => hub.infos().filter(({ state }) => state === 'open').length
      const complain = () => `Expected ${count} open bot connection(s), there are ${open()}`
      await waiter.until(() => open() >= count, complain, wait)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
