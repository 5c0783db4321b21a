import type { Simulator } from '../simulator.ts'
import { post } from './client.ts'

export interface Answer {
  readonly status: number
  /** JSON as its value, else text. */
  readonly body: unknown
  readonly headers: Headers
}

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>

export async function accessToken(sim: Simulator): Promise<string> {
  const { clientId: appKey, clientSecret: appSecret } = sim
  const { body } = await post(`${sim.url}/v1.0/oauth2/accessToken`, { appKey, appSecret })
  return String(Object(body).accessToken)
}

/** Calls APIs with the bot's token. */
export async function caller(sim: Simulator): Promise<Call> {
  const token = await accessToken(sim)
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${sim.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: parse(text), headers: response.headers }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
