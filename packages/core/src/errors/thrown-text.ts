import { redact } from '@dingware/transport'

/** What was thrown, in words and without secrets. Anything can be thrown, also what has no text or resists being read. */
export function thrownText(thrown: unknown): string {
  try {
    return redact(thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown))
  } catch {
    return 'something that cannot be printed'
  }
}
