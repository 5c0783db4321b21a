import * as v from 'valibot'
import type { Files } from '../apis/files/store.ts'
import type { PageContent } from './protocol.ts'

/** Makes of a message's body what the page shows; nothing, when the body has not the shape that it should have. */
export type Draw = (body: unknown, files: Files) => PageContent | undefined

/** A kind whose body has a shape of its own. */
export function kind<T>(schema: v.GenericSchema<unknown, T>, draw: (body: T, files: Files) => PageContent): Draw {
  return (body, files) => {
    const parsed = v.safeParse(schema, body)
    return parsed.success ? draw(parsed.output, files) : undefined
  }
}
