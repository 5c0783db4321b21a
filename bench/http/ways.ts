import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { json as readJson } from 'node:stream/consumers'
import { createHttpClient, createNetwork } from '@dingware/transport'
import axios from 'axios'
import ky from 'ky'
import { Agent, fetch as undiciFetch, request as undiciRequest } from 'undici'

export interface Answer {
  readonly processQueryKey?: string
}

/** Posts one message and reads the answer. */
export type Post = (url: string) => Promise<Answer>

const MESSAGE = {
  robotCode: 'dingexamplerobot0001',
  userIds: ['manager0001'],
  msgKey: 'sampleMarkdown',
  msgParam: JSON.stringify({ title: '日报', text: '今天的**日报**已经生成，共 12 条。'.repeat(5) }),
}
const TOKEN = { 'x-acs-dingtalk-access-token': 'a-token-of-thirty-two-characters' }
const HEADERS = { accept: 'application/json', 'content-type': 'application/json', ...TOKEN }
/** None of what ky would do around a request. */
const BARE = { retry: 0, timeout: false, throwHttpErrors: false } as const

const dispatcher = new Agent()
const agent = new HttpAgent({ keepAlive: true })
const http = createHttpClient({ network: createNetwork(), ua: 'dingware/0.0.0' })

/** The ways to the network, the bare one first. */
export const WAYS = {
  async 'undici.request'(url) {
    const { body } = await undiciRequest(url, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(MESSAGE),
      dispatcher,
    })
    return (await body.json()) as Answer
  },
  'node:http': url =>
    new Promise((resolve, reject) => {
      const request = httpRequest(url, { method: 'POST', headers: HEADERS, agent }, response => {
        readJson(response).then(answer => resolve(answer as Answer), reject)
      })
      request.once('error', reject).end(JSON.stringify(MESSAGE))
    }),
  async axios(url) {
    const { data } = await axios.post<Answer>(url, MESSAGE, { headers: HEADERS })
    return data
  },
  async 'dingware (ky)'(url) {
    const { body } = await http.request({ method: 'POST', url, headers: TOKEN, json: MESSAGE })
    return body as Answer
  },
  'ky over undici.request': url =>
    ky(url, {
      ...BARE,
      method: 'POST',
      async fetch() {
        const { statusCode: status, body } = await undiciRequest(url, {
          method: 'POST',
          headers: HEADERS,
          body: JSON.stringify(MESSAGE),
          dispatcher,
        })
        return new Response(await body.arrayBuffer(), { status })
      },
    }).json<Answer>(),
  'ky over undici.fetch': url =>
    ky(url, {
      ...BARE,
      method: 'POST',
      headers: HEADERS,
      json: MESSAGE,
      async fetch(input) {
        // ky hands over a Request of Node's, which the fetch of another undici does not take.
        const request = input as Request
        const { method, signal } = request
        const headers = Object.fromEntries(request.headers)
        const body = await request.text()
        return (await undiciFetch(url, { method, headers, signal, body, dispatcher })) as unknown as Response
      },
    }).json<Answer>(),
  'ky over fetch': url => ky(url, { ...BARE, method: 'POST', headers: HEADERS, json: MESSAGE }).json<Answer>(),
  async fetch(url) {
    const answer = await fetch(url, { method: 'POST', headers: HEADERS, body: JSON.stringify(MESSAGE) })
    return (await answer.json()) as Answer
  },
} satisfies Record<string, Post>

export type WayName = keyof typeof WAYS
