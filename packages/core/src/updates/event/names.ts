import type { Fields } from '../lenient/lenient.ts'

/** A leading run of capitals that a word ends with, or the first letter: `UserId`, `URL`, `OAStatus`. */
const CAPITALS = /^[A-Z]+(?=[A-Z][a-z]|$|[^A-Za-z])|^[A-Z]/

/** Names as the stream has them: pushes by HTTP begin some of theirs with a capital. What is there already stays. */
export function decapitalised(fields: Fields): Fields {
  const keys = Object.keys(fields)
  if (!keys.some(key => CAPITALS.test(key))) return fields
  const renamed = keys.flatMap(key => {
    const name = key.replace(CAPITALS, capitals => capitals.toLowerCase())
    return name !== key && Object.hasOwn(fields, name) ? [] : [[name, fields[key]] as const]
  })
  return Object.fromEntries(renamed)
}

/** Adds what is there under a name that differs in case only (`userid`, `timestamp`) under the name that is known. */
export function withKnownNames(fields: Fields, known: ReadonlyMap<string, string>): Fields {
  const found = Object.keys(fields).flatMap(key => {
    const name = known.get(key.toLowerCase())
    return name === undefined || Object.hasOwn(fields, name) ? [] : [[name, fields[key]] as const]
  })
  return found.length === 0 ? fields : { ...fields, ...Object.fromEntries(found) }
}
