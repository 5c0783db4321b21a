import { setBounded } from '../../utils/bounded.ts'
import type { IssuedSecrets } from '../../utils/issued-secrets.ts'
import { stableId } from '../../utils/random.ts'

const KEPT = 1_000

/**
 * Settings of a custom robot. `secret` and `keywords` guard its webhook; both may be set, and a call that fails them
 * gets errcode 310000.
 */
export interface CustomRobotOptions {
  /** Its name in the chat, `Custom robot` by default. */
  readonly name?: string
  /** The secret that calls must be signed with (加签); no signature by default. */
  readonly secret?: string
  /** Words of which each message must hold one; any message by default. */
  readonly keywords?: readonly string[]
}

/** A custom robot, which somebody has put into a group by hand: a webhook, and no app. Made by `sim.customRobot()`. */
export interface CustomRobot {
  /** Its name in the chat. */
  readonly name: string
  /** The address to POST to, without `timestamp` and `sign`. */
  readonly webhook: string
}

/** A custom robot as the platform keeps it. */
export interface KnownRobot extends Required<Pick<CustomRobotOptions, 'name' | 'keywords'>> {
  readonly id: string
  readonly token: string
  readonly conversationId: string
  readonly secret: string | undefined
}

export interface CustomRobots {
  add(conversationId: string, options?: CustomRobotOptions): KnownRobot
  /** Undefined when no robot has that token. */
  find(token: string): KnownRobot | undefined
}

export function createCustomRobots(secrets: IssuedSecrets): CustomRobots {
  const robots = new Map<string, KnownRobot>()
  return {
    add(conversationId, { name = 'Custom robot', secret, keywords = [] } = {}) {
      const token = secrets.issue('ACCESS_TOKEN')
      const id = `custom-${stableId('custom robot', token).digits}`
      const robot = { id, token, conversationId, name, secret, keywords }
      setBounded(robots, token, robot, KEPT)
      return robot
    },
    find: token => robots.get(token),
  }
}
