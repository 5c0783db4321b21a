import type { Context } from 'hono'
import * as v from 'valibot'
import { isJson, parseJson } from '../http/json.ts'
import { readRequest } from '../http/read.ts'

/** What the page is answered. */
export interface Answer {
  readonly status: 200 | 201 | 204 | 400 | 403 | 404 | 413
  readonly body: unknown
}

export function refuse(status: 400 | 403 | 404 | 413, error: string): Answer {
  return { status, body: { error } }
}

/** A handler of a JSON request. Another content type is refused: a foreign page may send it without being asked. */
export function jsonHandler<T>(schema: v.GenericSchema<unknown, T>, work: (body: T) => Answer | Promise<Answer>) {
  return async (c: Context): Promise<Response> => {
    const { status, body } = await answerTo(c, schema, work)
    return status === 204 ? c.body(null, status) : c.json(body, status)
  }
}

async function answerTo<T>(
  c: Context,
  schema: v.GenericSchema<unknown, T>,
  work: (body: T) => Answer | Promise<Answer>,
): Promise<Answer> {
  if (!isJson(c.req.raw.headers)) return refuse(400, 'Content-Type must be application/json')
  const request = await readRequest(c)
  if (!request) return refuse(413, 'That is too much')
  const parsed = v.safeParse(schema, parseJson(request.text))
  if (parsed.success) return work(parsed.output)
  const [issue] = parsed.issues
  const path = v.getDotPath(issue)
  return refuse(400, path === null ? issue.message : `${path}: ${issue.message}`)
}
