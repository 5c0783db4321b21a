import { type ApiAnswer, oapi, unproven } from '../../http/answers.ts'
import type { ApiRequest } from '../../http/route.ts'
import type { Switches } from '../../options/switches.ts'
import { isJson, parseJson } from '../../utils/json.ts'

/** Bytes of a whole body. */
const LARGEST_BODY = 20_000

/** The value in the body of a webhook, or the platform's no. */
export function readJson({ headers, bytes, text }: ApiRequest): { readonly json: unknown } | ApiAnswer {
  if (!isJson(headers)) return oapi(43004, '无效的HTTP HEADER Content-Type')
  if (bytes.length > LARGEST_BODY) return oapi(460101, `message too long, exceed ${LARGEST_BODY} bytes`)
  const json = parseJson(text)
  if (json === undefined) return unproven(oapi(40035, '不合法的参数: the body is not JSON'))
  return { json }
}

/** A webhook has done its work. */
export function sent({ webhookOk }: Switches): ApiAnswer {
  return oapi(webhookOk === 'text' ? '0' : 0, 'ok')
}

export const groupGone: ApiAnswer = oapi(400013, '群已被解散')
