import { STATUS_CODES } from 'node:http'
import { type ApiAnswer, fail, oapi, unproven } from '../http/answers.ts'
import { type ErrorStyle, REFUSALS, type Refusal, type RefusalContext, refusal } from '../http/refusals.ts'
import { secretId } from '../utils/random.ts'
import type { ApiFaultName } from './api-fault-names.ts'
import type { ApiFault } from './types.ts'

export const cut: ApiAnswer = { status: 0, body: '', cut: true }

/** The answer of an armed fault; undefined where the right answer only comes later. */
export function faultAnswer(armed: ApiFault, style: ErrorStyle, context: RefusalContext): ApiAnswer | undefined {
  const { fault } = armed
  if (fault === undefined) return undefined
  if (typeof fault === 'object') return { body: '', ...fault }
  return isRefusal(fault) ? refusal(fault, style, context) : failure(fault, armed, style)
}

function isRefusal(name: ApiFaultName): name is Refusal {
  return REFUSALS.some(it => it === name)
}

type Failure = Exclude<ApiFaultName, Refusal>

function failure(name: Failure, { status, retryAfter }: ApiFault, style: ErrorStyle): ApiAnswer {
  const isWebhook = style === 'webhook'
  switch (name) {
    case 'cut':
    case 'timeout':
      return cut
    case 'html':
      return { status: status ?? 502, body: errorPage(status ?? 502), contentType: 'text/html' }
    case 'empty':
      return { status: status ?? 200, body: '' }
    case 'serverError':
      return unproven(fail(status ?? 503, 'system.busy', '系统繁忙'))
    case 'rateLimit': {
      const headers = { ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) }
      return unproven({ ...fail(429, 'system.busy', 'Too many requests'), headers })
    }
    case 'ipBanned':
      return { status: 200, body: { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: secretId(8) } }
    case 'wrongRealm':
      return fail(400, 'invalid_client', 'invalid client')
    case 'robotUnknown':
      return oapi(300001, 'description: robot 不存在；solution:请确认 token 是否正确；')
    case 'robotStopped':
      return oapi(400102, 'description:机器人已经停用或者未启用;solution:请联系群管理员启用机器人;')
    case 'contentUnsafe':
      return isWebhook
        ? oapi(430102, '文本中包含不合适的内容')
        : fail(400, 'param.contentUnsafe', 'param.contentUnsafe')
    case 'systemError':
      return isWebhook ? oapi(500100, 'description:系统异常，请稍后再试;') : fail(400, 'system.error', '未知的系统错误')
    case 'unknownError':
      return fail(500, 'unknownError', '未知错误')
  }
}

/** As the front's own web server writes it (soimy/openclaw-channel-dingtalk#289). */
function errorPage(status: number): string {
  const title = `${status} ${STATUS_CODES[status] ?? 'Error'}`
  return `<html>\n<head><title>${title}</title></head>\n<body>\n<center><h1>${title}</h1></center>\n<hr/>Powered by Tengine<hr><center>tengine</center>\n</body>\n</html>\n`
}
