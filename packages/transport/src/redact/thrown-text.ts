import { redact } from './redact.ts'

const UNREADABLE = 'something that cannot be printed'

/**
 * The message of what was thrown, as it is: secrets are not masked. Anything can be thrown, also what has no text or
 * resists being read.
 */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown)
  } catch {
    return UNREADABLE
  }
}

/** Describes a thrown value without secrets: the message of an error with its name before it. */
export function thrownText(thrown: unknown): string {
  try {
    return redact(thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown))
  } catch {
    return UNREADABLE
  }
}

/** Stack frames of a thrown value, one per line and without secrets; `undefined` if it has none. */
export function thrownFrames(thrown: unknown): string | undefined {
  try {
    const { stack, message } = thrown as Partial<Record<keyof Error, unknown>>
    if (typeof stack !== 'string') return undefined
    // The message may be of several lines, and look like frames itself.
    const at = typeof message === 'string' ? stack.indexOf(message) : -1
    const frames = stack.slice(at < 0 ? 0 : at + String(message).length).match(/^ +at .*/ms)?.[0]
    return frames && redact(frames)
  } catch {
    return undefined
  }
}

/**
 * Log field `stack` for one or more thrown values, in the order in which the log line names them; `{}` if none of them
 * has frames.
 */
export function thrownFields(...thrown: readonly unknown[]): { readonly stack?: string } {
  const stacks = thrown.map(thrownFrames).filter(frames => frames !== undefined)
  return stacks.length === 0 ? {} : { stack: stacks.join('\n    --\n') }
}
