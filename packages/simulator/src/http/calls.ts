import { parseJson } from '../utils/json.ts'

/** One HTTP request to the simulated platform, and its answer. */
export interface HttpCall {
  /** When it was answered, in milliseconds since the epoch. */
  readonly at: number
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** JSON as its value, anything else as text. */
  readonly body: unknown
  /** The body as it came, where `body` is a value. */
  readonly text?: string
  /** 0 when the connection was cut instead. */
  readonly status: number
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
