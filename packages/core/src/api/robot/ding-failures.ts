import { recordOf } from '../../updates/lenient/lenient.ts'

/**
 * Whom a DING did not reach, of those it was for, and why. The page has `failedList` as `{ reason: [userId] }`
 * (robot-sends-nail-message), others the other way round, `{ userId: reason }`: so only ids that were asked for are ids.
 */
export function failuresOf(failedList: unknown, users: readonly string[]): ReadonlyMap<string, string> {
  const asked = new Set(users)
  const failures = new Map<string, string>()
  const lists: readonly unknown[] = Array.isArray(failedList) ? failedList : [failedList]
  for (const list of lists) {
    for (const [key, value] of Object.entries(recordOf(list) ?? { '': list })) {
      if (asked.has(key)) failures.set(key, textsIn(value).join(', '))
      else
        for (const id of textsIn(value).flatMap(idsIn)) if (asked.has(id)) failures.set(id, reasonOf(key, list, asked))
    }
  }
  return failures
}

/** What an id stands under; where that says but that it is one, what stands beside it. */
function reasonOf(key: string, list: unknown, asked: ReadonlySet<string>): string {
  if (!/^(user|staff)_?ids?$/i.test(key)) return key
  return textsIn(list)
    .filter(text => !idsIn(text).some(id => asked.has(id)))
    .join(', ')
}

/** Lists come joined, too. */
function idsIn(text: string): readonly string[] {
  return text.split(/[,;，；]/).map(id => id.trim())
}

/** Ids come by themselves, or within objects, depending on the version of the API. */
function textsIn(value: unknown, depth = 3): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null || depth === 0) return []
  return Object.values(value).flatMap(inner => textsIn(inner, depth - 1))
}
