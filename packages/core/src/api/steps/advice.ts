import { ApiError } from '@dingware/transport'
import type { ApiCall, ApiMiddleware } from '../api-call.ts'
import { isDead } from '../send/webhook-refusal.ts'
import { CORP_TOKEN_PATH, classify, UNSAFE } from './classify.ts'
import { withHint } from './hint.ts'
import { securityAdvice } from './security.ts'

/** Explanation of an error code: its meaning and remedy; by API, if a code means several things. */
interface Advice {
  readonly codes: RegExp
  readonly base?: ApiCall['base']
  readonly path?: RegExp
  readonly says: string | ((error: ApiError) => string)
}

/**
 * server-api-error-codes-1; custom-robots-send-group-messages; what is seen beside them is in
 * fixtures/evidence/api.jsonl.
 */
const ADVICE: readonly Advice[] = [
  {
    codes: /^(invalidClientIdOrSecret|invalid[._]client|authFailed|40001|40089|40096)$/,
    says: 'The credential was refused, so nothing can be called: check clientId (DINGTALK_CLIENT_ID) and clientSecret (DINGTALK_CLIENT_SECRET) for a wrong value or stray whitespace, and that the endpoints are those of the realm that the app lives in (dingtalk.com or dingtalk.io).',
  },
  {
    codes: /^unknownError$/,
    path: CORP_TOKEN_PATH,
    says: 'No token came, so nothing can be called with it. It looks like an outage, and usually stands for a corpId that does not exist: check the corpId in the path.',
  },
  {
    codes: /^unauthorized\.client$/,
    says: 'No token came: the organisation of this corpId has not authorised the app. Check the corpId in the path, and that the app is installed there.',
  },
  {
    codes: /^40035$/,
    says: 'A parameter is missing or malformed: check it; tokens and the credential of /gettoken count in the query only.',
  },
  {
    codes: /AccessTokenPermissionDenied$|^60011$/,
    says: ({ requiredScopes }) =>
      requiredScopes.length > 0
        ? ''
        : 'The app lacks a permission: grant what the page of this API names, in the developer console (权限管理), and publish a version.',
  },
  {
    codes: /IpNotInWhiteList$|^60020$/,
    says: 'Calls from this address are refused: add it to the list of the app in the developer console (服务器出口IP).',
  },
  {
    codes: /ApiCountLimit|^90020$/,
    says: "The organisation's API calls of this month are used up: they pass again next month, or with a larger package.",
  },
  {
    codes: /^(300001|300005|400101)$/,
    base: 'webhook',
    says: error =>
      isDead(error)
        ? 'The webhook is dead, and no further call will pass: a session lives for 90 minutes after its message, a custom robot as long as nobody removes it. Use a newer one, or send to { users } or { group }.'
        : '',
  },
  { codes: /^310000$/, base: 'webhook', says: securityAdvice },
  {
    codes: /^(400102|bot\.stopped)$/,
    says: 'The robot is switched off, so it says nothing: switch it on in the group or in the developer console.',
  },
  {
    codes: /^(400013|400106|group\.disbanded)$/,
    says: 'Nothing can be said there any more: the group is dissolved, or the robot has left it.',
  },
  {
    codes: UNSAFE,
    says: 'Content review refused it, and would do so again: change the text, the picture or the link before you send it anew.',
  },
  {
    codes: /^resource\.not\.found$/,
    path: /^\/v1\.0\/robot\//,
    says: 'Nothing was done: check `robotCode` (by default the clientId), and that the robot is in the conversation named.',
  },
  {
    codes: /^staffId\.notExist/i,
    says: 'There is nobody with these userIds in the organisation: take userIds (`staffId`), not nicknames, unionIds or the encrypted `senderId`.',
  },
]

/** Step that adds meaning and remedy to the error of a refused call. */
export const explain: ApiMiddleware = async (call, next) => {
  try {
    return await next()
  } catch (error) {
    throw explained(error, call)
  }
}

/** Copies an error with its consequence and remedy, if the code tells them. */
export function explained(error: unknown, call: Pick<ApiCall, 'base' | 'path'>): unknown {
  return error instanceof ApiError ? withHint(error, adviceFor(error, call)) : error
}

function adviceFor(error: ApiError, call: Pick<ApiCall, 'base' | 'path'>): string {
  const { base = 'api', path } = call
  const found = ADVICE.find(
    advice =>
      advice.codes.test(error.code) &&
      (advice.base === undefined || advice.base === base) &&
      (advice.path === undefined || advice.path.test(path)),
  )
  if (found) return typeof found.says === 'string' ? found.says : found.says(error)
  if (base !== 'webhook' || classify(error, call) !== 'throttled') return ''
  return 'Webhooks take 20 messages a minute, and then none for up to ten: wait, or send to { users } or { group }.'
}
