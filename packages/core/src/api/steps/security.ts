import type { ApiError } from '@dingware/transport'

/** Security settings of a custom robot. 310000 tells only by its text which of the three failed. */
const SETTINGS: readonly { readonly words: RegExp; readonly says: string }[] = [
  {
    words: /key\s?words?|关键(词|字)|關鍵(詞|字)/i,
    says: 'keyword (自定义关键词): the message holds none of those that are set for it. Write one into the text.',
  },
  {
    words: /\bsign|timestamp|签名|加签|时间戳|簽名|加簽|時間戳/i,
    says: "signature (加签): it is missing or wrong. Give the robot's secret (`SEC…`), and check the clock of this machine, which may be an hour off at most.",
  },
  {
    words: /\bips?\b|ip\s?地址|白名单|白名單|white\s?-?list|allow\s?-?list/i,
    says: 'address (IP地址段): this machine is not among those that are set for it. Add its public address.',
  },
]

/** Names the security setting of a custom robot that refused a message. All have the same code, so the words decide. */
export function securityAdvice({ message, call }: Pick<ApiError, 'message' | 'call'>): string {
  // The remedy and the address of its page may mention the other settings.
  const [description = ''] = message.replace(call.url, '').split(/解决方案|solution|more:|link:/i)
  const failed = SETTINGS.find(({ words }) => words.test(description))
  return failed
    ? `The robot's security setting failed: ${failed.says}`
    : "A security setting of the robot failed, and the platform does not say which: check its keyword (自定义关键词), its signature (加签) and this machine's address (IP地址段)."
}
