import * as v from 'valibot'
import type { Pushes } from '../../gateway/pushes.ts'
import type { AckResult } from '../../gateway/types.ts'
import { isRecord, parseJson, withoutNulls } from '../../utils/json.ts'
import { uuid } from '../../utils/random.ts'
import type { App, Conversation } from '../../world/types.ts'
import type { World } from '../../world/world.ts'
import type { Sessions } from '../webhook/sessions.ts'

export const GRAPH_TOPIC = '/v1.0/graph/api/invoke'

/** A call of an ability that the bot offers as a plugin of an AI assistant: an HTTP request over the stream. */
export interface GraphRequest {
  /** `POST` by default. */
  readonly method?: string
  /** The path of the ability, such as `/v1.0/weather/get`. */
  readonly uri: string
  /** Headers beside those that the assistant sets, or in their place. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * A text is sent as it is, anything else as its JSON text; an object with the `sessionWebhook` of the chat in it, as
   * plugins declare it (open.dingtalk.com: ai-assistant-message-sending-webhook-reply-message-mode).
   */
  readonly body?: unknown
  /** The chat in which somebody made the assistant call; by default Alice's with the bot. */
  readonly in?: Pick<Conversation, 'conversationId'>
}

/** The outcome of `sim.graph()`. */
export interface GraphResult {
  /** The bot's ack. */
  readonly ack: AckResult
  /** Undefined when there was no good answer in time. */
  readonly response: GraphResponse | undefined
  /** The `data` that was pushed, under `/v1.0/graph/api/invoke`. */
  readonly payload: Readonly<Record<string, unknown>>
}

/** The bot's answer to a graph call, like that of an HTTP server. */
export interface GraphResponse {
  /** The HTTP status. */
  readonly status: number
  /** The reason phrase; undefined when the bot sent none. */
  readonly reasonPhrase: string | undefined
  /** The headers; none when the bot sent none. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON as its value, anything else as text. */
  readonly body: unknown
}

const schema = v.looseObject({
  response: v.looseObject({
    statusLine: v.looseObject({ code: v.number(), reasonPhrase: v.optional(v.string()) }),
    headers: v.optional(v.record(v.string(), v.string()), {}),
    // Missing where the official Java client says that something failed.
    body: v.optional(v.string(), ''),
  }),
})

export interface GraphDeps {
  readonly world: World
  readonly pushes: Pushes
  readonly sessions: Sessions
  readonly url: string
  readonly violation: (violation: { readonly reason: string; readonly raw: string }) => void
}

/** Calls the bot like an HTTP server, over the stream. */
export async function invokeGraph(deps: GraphDeps, app: App, request: GraphRequest): Promise<GraphResult> {
  const { pushes, violation } = deps
  const { method = 'POST', uri, headers, body = {} } = request
  const payload = {
    requestLine: { method, uri },
    headers: {
      'x-plugin-id': uuid(),
      'x-plugin-version': '1',
      'x-ability-key': uri.slice(uri.lastIndexOf('/') + 1),
      'content-type': 'application/json',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(inContext(deps, app, request, body)),
  }
  const { delivery } = await pushes.push(app, { type: 'CALLBACK', topic: GRAPH_TOPIC, data: payload })
  const ack = await delivery.ack
  if (ack.status !== 'acked' || ack.code !== 200) return { ack, response: undefined, payload }
  const parsed = v.safeParse(schema, withoutNulls(parseJson(ack.data)))
  if (!parsed.success) {
    const [issue] = parsed.issues
    const reason = `the answer to a graph call is wrong at ${v.getDotPath(issue) ?? 'data'}: ${issue.message}`
    violation({ reason, raw: ack.data })
    return { ack, response: undefined, payload }
  }
  const { statusLine, headers: answered, body: text } = parsed.output.response
  const response = {
    status: statusLine.code,
    reasonPhrase: statusLine.reasonPhrase,
    headers: answered,
    body: parseJson(text) ?? text,
  }
  return { ack, response, payload }
}

/** A call of an earlier run, with a webhook of this one: to the default chat, as the call does not say which it was. */
export function withNewWebhook(deps: WebhookDeps, app: App, data: unknown): unknown {
  const { body } = Object(data)
  const fields = Object(typeof body === 'string' ? parseJson(body) : undefined)
  if (!('sessionWebhook' in fields)) return data
  return { ...Object(data), body: JSON.stringify({ ...fields, sessionWebhook: webhookFor(deps, app) }) }
}

type WebhookDeps = Pick<GraphDeps, 'world' | 'sessions' | 'url'>

function inContext(deps: GraphDeps, app: App, { in: where }: GraphRequest, body: unknown): unknown {
  if (!isRecord(body)) return body
  return { sessionWebhook: webhookFor(deps, app, where), ...body }
}

function webhookFor({ world, sessions, url }: WebhookDeps, app: App, where?: GraphRequest['in']): string {
  const asked = where && world.conversations.get(where.conversationId)
  const session = sessions.open(asked ?? world.privateChat(world.person('Alice'), app), app)
  return `${url}/agent/send?session=${session.id}`
}
