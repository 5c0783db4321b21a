import type { ApiFaultName } from '../../faults/api-fault-names.ts'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { type Answer, accessToken, caller } from '../api.ts'

/** Brings about, in a simulator, the situation in which the platform gave an answer. */
export type Way = (sim: Simulator) => Promise<Answer>

const TEXT = { msgtype: 'text', text: { content: 'x' } }
const SEND = '/v1.0/robot/oToMessages/batchSend'
const TOKEN = '/v1.0/oauth2/accessToken'
const OPEN = '/v1.0/gateway/connections/open'
const STREAMING = '/v1.0/card/streaming'
const USER = '/topapi/v2/user/get'

/** Sends as it is, with nothing added. */
export async function raw(url: string, body?: unknown, init: RequestInit = {}): Promise<Answer> {
  const method = body === undefined ? 'GET' : 'POST'
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...init,
  })
  const text = await response.text()
  return { status: response.status, body: jsonOr(text), headers: response.headers }
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A call of api.dingtalk.com, by default a message to Alice. */
export const v1 =
  (path: string = SEND, body: (sim: Simulator) => object = toAlice, headers: Record<string, string> = {}): Way =>
  async sim =>
    (await caller(sim))('POST', path, body(sim), headers)

export function toAlice(sim: Simulator): object {
  return to(sim, sim.user('Alice').userId)
}

export function to(sim: Simulator, ...userIds: string[]): object {
  return { robotCode: sim.clientId, userIds, msgKey: 'sampleText', msgParam: '{"content":"x"}' }
}

/** A call of oapi.dingtalk.com. */
export const old =
  (path: string, body: (sim: Simulator) => object = () => ({}), query = ''): Way =>
  async sim =>
    raw(`${sim.url}${path}?access_token=${await accessToken(sim)}${query}`, body(sim))

export const getUser: Way = old(USER, sim => ({ userid: sim.user('Alice').userId }))

/** The session webhook of what somebody says. */
export async function session(sim: Simulator): Promise<string> {
  const { payload } = await sim.user('Alice').in(sim.group('Team')).say('hi')
  return payload.sessionWebhook
}

export const webhook =
  (body: unknown = TEXT): Way =>
  async sim =>
    raw(await session(sim), body)

export const custom =
  (body: unknown = TEXT, options: { secret?: string; keywords?: readonly string[] } = {}): Way =>
  async sim =>
    raw(sim.customRobot(sim.group('Team'), options).webhook, body)

/** With a fault armed that has this name, on the calls of a path. */
export const faulty =
  (fault: ApiFaultName, path: string, way: Way, status?: number): Way =>
  async sim => {
    const armed = sim.faults.api({ path, fault, ...(status !== undefined && { status }) })
    const answer = await way(sim)
    if (armed.struck !== 1) throw new Error(`${fault} has struck ${armed.struck} times`)
    return answer
  }

/** As one too many within a second. */
export const tooOften =
  (path: string, way: Way): Way =>
  async sim => {
    sim.throttle.limit(1, path)
    await way(sim)
    return way(sim)
  }

/** In a simulator of one's own settings. */
export function within(options: Parameters<typeof createSimulator>[0], way: Way): Way {
  return async () => {
    await using sim = await createSimulator(options)
    return await way(sim)
  }
}

export const paths = { SEND, TOKEN, OPEN, STREAMING, USER }
