import type { Fields } from '../lenient/lenient.ts'

/** A leading run of capitals that ends with the word, or the first letter: `UserId`, `URL`, `OAStatus`. */
const CAPITALS = /^[A-Z]+(?=[A-Z][a-z]|$|[^A-Za-z])|^[A-Z]/

/** Renames fields to the names of the stream: over HTTP some begin with a capital. Existing fields are kept. */
export function decapitalised(fields: Fields): Fields {
  const keys = Object.keys(fields)
  if (!keys.some(key => CAPITALS.test(key))) return fields
  const renamed = keys.flatMap(key => {
    const name = key.replace(CAPITALS, capitals => capitals.toLowerCase())
    return name !== key && Object.hasOwn(fields, name) ? [] : [[name, fields[key]] as const]
  })
  return Object.fromEntries(renamed)
}

/** Copies fields whose names differ only in case (`userid`, `timestamp`) to the known names. */
export function withKnownNames(fields: Fields, known: ReadonlyMap<string, string>): Fields {
  const found = Object.keys(fields).flatMap(key => {
    const name = known.get(key.toLowerCase())
    return name === undefined || Object.hasOwn(fields, name) ? [] : [[name, fields[key]] as const]
  })
  return found.length === 0 ? fields : { ...fields, ...Object.fromEntries(found) }
}
