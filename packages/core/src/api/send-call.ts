import type { HttpClient } from '@dingware/transport'
import type { Send } from './authorized.ts'
import { type Endpoints, endpointFor } from './endpoints.ts'

/** Sends calls to where they belong, with the token in its place: the OpenAPI has it in a header, the old API in the query. */
export function createSend(http: HttpClient, endpoints: Endpoints): Send {
  return async ({ base = 'api', path, query, method, body: json, form, signal, timeout }, token) => {
    const request = { method, json, form, signal, timeout }
    const answer = await http.request(
      base === 'webhook'
        ? { ...request, url: path, query, direct: true }
        : base === 'oapi'
          ? { ...request, url: endpointFor(endpoints, 'oapi') + path, query: { ...query, access_token: token } }
          : {
              ...request,
              url: endpointFor(endpoints, 'api') + path,
              query,
              headers: { 'x-acs-dingtalk-access-token': token ?? '' },
            },
    )
    return answer.body
  }
}
