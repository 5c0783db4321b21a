import { setBounded } from '../../utils/bounded.ts'
import type { Issued } from '../../utils/issued.ts'
import { stableId } from '../../utils/random.ts'

const KEPT = 1_000

/** How a custom robot guards its webhook; both may be set. */
export interface CustomRobotOptions {
  /** Its name in the chat, `Custom robot` by default. */
  readonly name?: string
  /** Calls must be signed with it (加签). */
  readonly secret?: string
  /** Messages must hold one of these words. */
  readonly keywords?: readonly string[]
}

/** A robot that somebody has put into a group by hand: a webhook, and no app. */
export interface CustomRobot {
  readonly name: string
  /** Where to POST to, without `timestamp` and `sign`. */
  readonly webhook: string
}

/** What the platform knows of one. */
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

export function createCustomRobots(secrets: Issued): CustomRobots {
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
