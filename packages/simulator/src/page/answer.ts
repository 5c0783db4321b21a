import type { Context } from 'hono'
import * as v from 'valibot'
import { readRequest } from '../http/read.ts'
import { isJson, parseJson } from '../utils/json.ts'

/** An answer to a request of the page. */
export interface Answer {
  readonly status: 200 | 201 | 204 | 400 | 403 | 404 | 409 | 413
  readonly body: unknown
}

/** A no with its reason in both languages: which of them the page speaks is not known here. */
export function refuse(status: 400 | 403 | 404 | 409 | 413, error: string, zh: string): Answer {
  return { status, body: { error, zh } }
}

/** The message of a valibot action, in the language that is asked for. */
export function bilingual(en: string, zh: string): (issue: v.BaseIssue<unknown>) => string {
  return ({ lang }) => (lang === 'zh' ? zh : en)
}

/** valibot's own messages, in Chinese. */
const chinese: v.Config<v.BaseIssue<unknown>> = {
  lang: 'zh',
  message: ({ expected, received }) =>
    expected === null ? `不能是 ${received}` : `应为 ${expected}，实际是 ${received}`,
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
  if (!isJson(c.req.raw.headers))
    return refuse(400, 'Content-Type must be application/json', 'Content-Type 必须是 application/json')
  const request = await readRequest(c)
  if (!request) return refuse(413, 'That is too much', '内容太大')
  const value = parseJson(request.text)
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return work(parsed.output)
  const { issues = parsed.issues } = v.safeParse(schema, value, chinese)
  return refuse(400, complaint(parsed.issues[0]), complaint(issues[0]))
}

function complaint(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)
  return path === null ? issue.message : `${path}: ${issue.message}`
}
