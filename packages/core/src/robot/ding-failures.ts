import { recordOf } from '../lenient/lenient.ts'

/**
 * Whom a DING did not reach, of those it was for, and why. The page has `failedList` as `{ reason: [userId] }`
 * (robot-sends-nail-message), others the other way round, `{ userId: reason }`: so only ids that were asked for are ids.
 */
export function failuresOf(failedList: unknown, users: readonly string[]): ReadonlyMap<string, string> {
  const asked = new Set(users)
  const failures = new Map<string, string>()
  for (const [key, value] of Object.entries(recordOf(failedList) ?? { '': failedList })) {
    if (asked.has(key)) failures.set(key, textsIn(value).join(', '))
    else for (const text of textsIn(value)) if (asked.has(text)) failures.set(text, key)
  }
  return failures
}

/** Ids come by themselves, or within objects, depending on the version of the API. */
function textsIn(value: unknown, depth = 3): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth === 0) return []
  return Object.values(value).flatMap(inner => textsIn(inner, depth - 1))
}
