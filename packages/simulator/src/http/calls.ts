import { parseJson } from '../utils/json.ts'

/**
 * One HTTP request to the simulated platform, and its answer.
 *
 * @example
 * const sends = sim.calls.filter(({ path }) => path === '/v1.0/robot/oToMessages/batchSend')
 *
 * Tokens and secrets are in it as they were sent: do not write it to a log.
 */
export interface HttpCall {
  /** The time of the answer, in milliseconds since the epoch. */
  readonly at: number
  /** The HTTP method. */
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** The parameters of the query; of a repeated one the last. */
  readonly query: Readonly<Record<string, string>>
  /** The headers, their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON as its value, anything else as text. */
  readonly body: unknown
  /** The body as it came, where `body` is a value. */
  readonly text?: string
  /** 0 when the connection was cut instead. */
  readonly status: number
  /** The body of the answer, JSON as its value; of a file only its size. */
  readonly answer: unknown
  /** Milliseconds from the request to its answer. */
  readonly duration: number
  /** Nobody has captured or documented such an answer: its shape is the simulator's guess. */
  readonly unproven?: true
  /** The fault that made this answer, if one did. */
  readonly fault?: string
}

/** Bodies are kept up to this many characters. */
const LONGEST_KEPT = 256 * 1024

export function readable(text: string): unknown {
  if (text.length > LONGEST_KEPT) return `${text.slice(0, LONGEST_KEPT)}…`
  return parseJson(text) ?? text
}
