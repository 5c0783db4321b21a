import { request } from 'node:https'
import { parseJson } from '../utils/json.ts'

/** POSTs JSON over TLS, trusting `ca` alone; rejects where that is not who answers. */
export function postSecurely(
  url: string,
  body: unknown,
  { ca, headers = {} }: { readonly ca: string | undefined; readonly headers?: Record<string, string> },
): Promise<{ readonly status: number | undefined; readonly body: unknown }> {
  return new Promise((resolve, reject) => {
    const call = request(url, {
      method: 'POST',
      ca,
      agent: false,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    })
    call.once('error', reject)
    call.once('response', response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', part => {
        text += part
      })
      response.once('end', () => resolve({ status: response.statusCode, body: parseJson(text) ?? text }))
    })
    call.end(JSON.stringify(body))
  })
}
