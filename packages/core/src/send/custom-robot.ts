import { createHmac } from 'node:crypto'
import { ApiError } from '@dingware/transport'

/**
 * The address of a custom robot, signed now (加签: customize-robot-security-settings): `sign` is the Base64 of HmacSHA256 over
 * `timestamp + "\n" + secret`, keyed with the secret. The platform takes it for an hour.
 */
export function signedAddress(address: string, secret: string, now: number = Date.now()): string {
  const url = new URL(address)
  url.searchParams.set('timestamp', String(now))
  url.searchParams.set('sign', createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'))
  return url.href
}

/** What the platform says when one of a robot's security settings is not met, in its old words and its new ones. */
const SETTINGS: readonly (readonly [words: RegExp, remedy: string])[] = [
  [
    /keyword|关键[词字]/i,
    'The keyword failed (自定义关键词): the robot takes only messages that hold one of its keywords. Put one into the text.',
  ],
  [
    /sign|timestamp|签名|时间戳/i,
    'The signature failed (加签): send to { webhook, secret } with the secret that the settings of this robot show (SEC…), and check the clock, which may be off by an hour at most.',
  ],
  [
    /\bips?\b|ip ?地址|白名单|white-?list/i,
    'The address failed (IP地址段): the robot takes messages only from the addresses in its settings. Add the one that this process calls from.',
  ],
]
const UNKNOWN =
  'One of the security settings of the robot failed: its keyword (自定义关键词), its signature (加签) or the address (IP地址段). Compare them.'

/**
 * The refusal of a custom robot, with which of its security settings failed (custom-robots-send-group-messages: 310000). The
 * other errors stay as they are.
 */
export function explained(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.code !== '310000') return error
  const { message, status, code, call, requestId } = error
  const said = message.slice(message.indexOf(`(HTTP ${status})`))
  // What is wrong comes before the advice, which speaks of more.
  const [problem = ''] = said.split(/[;；]/)
  const found = SETTINGS.find(([words]) => words.test(problem)) ?? SETTINGS.find(([words]) => words.test(said))
  return new ApiError(`${message} ${found?.[1] ?? UNKNOWN}`, { status, code, call, requestId, cause: error })
}
