import * as v from 'valibot'
import type { Files } from '../apis/files/store.ts'
import type { PageContent } from './protocol.ts'

/** Converts the body of a message for the page; undefined when the body does not have the shape of its kind. */
export type Render = (body: unknown, files: Files) => PageContent | undefined

/** A renderer for bodies that match a schema. */
export function renderWith<T>(
  schema: v.GenericSchema<unknown, T>,
  render: (body: T, files: Files) => PageContent,
): Render {
  return (body, files) => {
    const parsed = v.safeParse(schema, body)
    return parsed.success ? render(parsed.output, files) : undefined
  }
}
