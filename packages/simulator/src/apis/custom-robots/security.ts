import { createHmac } from 'node:crypto'
import type { KnownRobot } from './store.ts'

/** Milliseconds by which the time of a signature may be wrong (open.dingtalk.com: custom-robots-send-group-messages). */
const TOLERANCE = 3_600_000
/** As captured with `sign not match` by many users. */
const MORE = ', more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]'

interface SignedCall {
  readonly query: URLSearchParams
  /** All that is said in it. */
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The reason to refuse a call by the security settings of a robot; undefined when there is none. */
export function problemOf(robot: KnownRobot, call: SignedCall): string | undefined {
  const problem = unsigned(robot, call) ?? wordless(robot, call)
  return problem && `${problem}${MORE}`
}

function unsigned({ secret }: KnownRobot, { query, now }: SignedCall): string | undefined {
  if (secret === undefined) return undefined
  const timestamp = query.get('timestamp') ?? ''
  if (!/^\d+$/.test(timestamp) || Math.abs(now - Number(timestamp)) > TOLERANCE) return 'invalid timestamp'
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
  // A plus that is not escaped in an address is a blank.
  return query.get('sign')?.replaceAll(' ', '+') === sign ? undefined : 'sign not match'
}

function wordless({ keywords }: KnownRobot, { text }: SignedCall): string | undefined {
  return keywords.length === 0 || keywords.some(word => text.includes(word)) ? undefined : 'keywords not in content'
}
