import type { ApiAnswer } from '../../http/answers.ts'
import type { ApiRequest, Route } from '../../http/route.ts'
import type { Files } from './store.ts'

/** Headers that were not signed with the address, and break it. */
const UNSIGNED = ['authorization', 'x-acs-dingtalk-access-token', 'content-type']

/** `GET /oss/…`: the host where files lie. Its addresses are signed; it is no API and knows no app. */
export function fileHostRoute(files: Files): Route {
  return {
    method: 'GET',
    path: '/oss/:name',
    auth: 'none',
    metered: false,
    faultsByPathOnly: true,
    handle(request) {
      const found = files.open(request.params.name ?? '', request.query.get('Signature') ?? '')
      if (!found) return refuse('AccessDenied', 'Request has expired.')
      if (!fits(request, found.secret)) {
        return refuse(
          'SignatureDoesNotMatch',
          'The request signature we calculated does not match the one you provided.',
        )
      }
      // A generic type whatever the file is, as reported of the real host.
      return { status: 200, body: found.file.bytes, contentType: 'application/octet-stream' }
    },
  }
}

function fits({ headers }: ApiRequest, secret: string | undefined): boolean {
  const wrong = UNSIGNED.filter(name => headers.has(name) && !(secret !== undefined && name === 'authorization'))
  return wrong.length === 0 && (secret === undefined || headers.get('authorization') === secret)
}

function refuse(code: string, message: string): ApiAnswer {
  return {
    status: 403,
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    contentType: 'application/xml',
  }
}
