import { createDeferred, credentialOf } from '@dingware/transport'
import type { Bot } from '../bot/bot.ts'
import { HANDLE } from '../bot/handle.ts'
import { createUpdate, type Reply, TOPICS } from '../update/update.ts'
import { isSignedBy } from './signature.ts'

export interface WebhookOptions {
  /** Signs robot messages. Default: `DINGTALK_CLIENT_SECRET`. */
  readonly clientSecret?: string | undefined
  /** What the address receives. Default: messages to the robot. */
  readonly topic?: string | undefined
  /** Decides whether a request is DingTalk's, in place of the check of robot messages: needed for other topics. */
  readonly verify?: ((request: Request) => boolean | Promise<boolean>) | undefined
  /** Largest body, in bytes. Default 1 MiB. */
  readonly maxBody?: number | undefined
}

/** What some hosts give along: keeps a serverless function awake until the promise settles. */
export interface WebhookHost {
  readonly waitUntil?: ((task: Promise<unknown>) => void) | undefined
}

export type WebhookHandler = (request: Request, host?: WebhookHost) => Promise<Response>

/** The platform waits 2.5 s for HTTP pushes (appendix-b-proposals-for-rational-use-of-resources). */
const DEADLINE = 2_300

/**
 * Makes a handler of web-standard requests, so that the same bot runs where no socket can live: in a serverless function,
 * behind Hono, Next.js or a plain server. Requests that are not signed by DingTalk are refused with 403.
 *
 * Answers when the handlers have ended, at the latest before the platform loses patience; with `host.waitUntil` as soon
 * as there is an answer.
 *
 * @example
 * app.post('/dingtalk', c => webhook(bot)(c.req.raw))
 */
export function webhook(bot: Pick<Bot<never>, typeof HANDLE>, options: WebhookOptions = {}): WebhookHandler {
  const { topic = TOPICS.chatbot, maxBody = 1024 * 1024, verify = signedBy(options) } = options
  if (topic !== TOPICS.chatbot && !options.verify) {
    throw new Error(
      `webhook() for ${topic} needs \`verify\`: only robot messages carry the signature that it knows how to check.`,
    )
  }

  return async (request, { waitUntil } = {}) => {
    if (request.method !== 'POST') return answer(405, { error: 'POST only' })
    if (!(await verify(request))) return answer(403, { error: 'not signed by DingTalk' })
    const text = await readText(request, maxBody)
    if (text === undefined) return answer(413, { error: 'too large' })
    const replied = createDeferred<Reply>()
    const done = bot[HANDLE](createUpdate(topic, parse(text)), replied.resolve)
    // Where nothing keeps the function awake, it may be frozen once it has answered: let the handlers end first.
    waitUntil?.(done)
    const settled = waitUntil ? replied.promise : done.then(({ reply }) => reply)
    return answer(200, bodyOf(await Promise.race([settled, overdue()])))
  }
}

function signedBy(options: WebhookOptions): (request: Request) => boolean {
  return ({ headers }) => {
    const { clientSecret } = credentialOf({ clientId: 'unused', clientSecret: options.clientSecret })
    return isSignedBy(clientSecret, headers)
  }
}

/** The body as text; nothing where it is longer than `max` bytes. */
async function readText(request: Request, max: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > max) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Over HTTP the answer stands bare; on the stream it is wrapped in `response`. */
function bodyOf(reply: Reply | undefined): unknown {
  const data = reply?.data
  const response = typeof data === 'object' && data !== null && 'response' in data ? data.response : data
  return response ?? {}
}

function answer(status: number, body: unknown): Response {
  return Response.json(body, { status })
}

function overdue(): Promise<undefined> {
  return new Promise(resolve => setTimeout(() => resolve(undefined), DEADLINE).unref())
}
