import { robotFrame } from '../message.ts'
import type { Connection, Platform } from './platform.ts'

/** What became of the pushes. */
export interface Pushes {
  readonly total: number
  /** Those for which no connection was live. */
  readonly homeless: number
}

/**
 * Pushes messages at a steady rate, each to any of the live connections.
 *
 * @returns a function that ends it.
 */
export function startPushing({ live }: Platform, perSecond: number): () => Pushes {
  const start = performance.now()
  let total = 0
  let homeless = 0
  const push = (): void => {
    const connection = anyOf([...live])
    if (connection) connection.socket.send(robotFrame(total))
    else homeless++
    total++
  }
  // Late timers are made up for, so that a busy machine does not lower the rate.
  const timer = setInterval(() => {
    while (total < ((performance.now() - start) / 1_000) * perSecond) push()
  }, 1_000 / perSecond)
  return () => {
    clearInterval(timer)
    return { total, homeless }
  }
}

function anyOf(connections: readonly Connection[]): Connection | undefined {
  return connections[Math.floor(Math.random() * connections.length)]
}
