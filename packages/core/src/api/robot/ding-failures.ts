import { recordOf } from '../../updates/lenient/lenient.ts'

/**
 * Reads `failedList` of a DING: people that it did not reach, with reasons. The page has `{ reason: [userId] }`
 * (robot-sends-nail-message), others the reverse, `{ userId: reason }`: so only ids that were asked for count as ids.
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

/** Reason of an id: its key, or the text beside it if the key is just a name for ids. */
function reasonOf(key: string, list: unknown, asked: ReadonlySet<string>): string {
  if (!/^(user|staff)_?ids?$/i.test(key)) return key
  return textsIn(list)
    .filter(text => !idsIn(text).some(id => asked.has(id)))
    .join(', ')
}

/** Ids may come joined in one text. */
function idsIn(text: string): readonly string[] {
  return text.split(/[,;，；]/).map(id => id.trim())
}

/** Ids come as texts or within objects, depending on the version of the API. */
function textsIn(value: unknown, depth = 3): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null || depth === 0) return []
  return Object.values(value).flatMap(inner => textsIn(inner, depth - 1))
}
