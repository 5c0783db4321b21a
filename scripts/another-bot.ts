import type { Bot } from '@dingware/core'
import type { Simulator } from '@dingware/simulator'

/** Milliseconds in which the bot of the demo has counted a connection of its own. */
const SETTLED = 500

/**
 * Calls back once when a bot is connected beside the demo's: the platform gives each message to one connection of an app,
 * so that each of the two would answer only some of them. @returns a function that ends the watch.
 */
export function onAnotherBot(simulator: Simulator, own: Pick<Bot, 'stats'>, then: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const look = (): void => {
    const open = simulator.connections.filter(({ state }) => state === 'open').length
    if (open <= (own.stats().connection?.connections ?? 0)) return
    unlisten()
    then()
  }
  const unlisten = simulator.on(event => {
    if (event.type !== 'connections') return
    clearTimeout(timer)
    timer = setTimeout(look, SETTLED)
  })
  return () => {
    clearTimeout(timer)
    unlisten()
  }
}
