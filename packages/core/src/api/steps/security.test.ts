import { expect, test } from 'vitest'
import { securityAdvice } from './security.ts'

/** Newer texts go on with what is to be done and where that is written, which is the same for all. */
const ZH = ';解决方案:请检查关键词、签名和IP白名单;link:请参考 https://open.dingtalk.com/document/'
const EN = ';solution:check the keywords, the sign and the ip whitelist;link:https://open.dingtalk.com/document/'

test.each<[said: string, names: RegExp]>([
  ['keywords not in content, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]', /failed: keyword /],
  [`错误描述:关键词不匹配${ZH}`, /failed: keyword /],
  [`description:关键字不匹配${ZH}`, /failed: keyword /],
  [`description:key word not match${EN}`, /failed: keyword /],
  ['sign not match, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]', /failed: signature /],
  ['invalid timestamp', /failed: signature /],
  [`错误描述:机器人发送签名不匹配${ZH}`, /failed: signature /],
  [`错误描述:机器人发送签名过期${ZH}`, /failed: signature /],
  [`description:signature mismatch${EN}`, /failed: signature /],
  ['ip 192.0.2.4 not in whitelist', /failed: address /],
  [`错误描述:IP地址不在白名单中${ZH}`, /failed: address /],
  [`description:ip address is not allowed${EN}`, /failed: address /],
  ['錯誤描述:關鍵字不匹配', /failed: keyword /],
  ['加簽驗證失敗', /failed: signature /],
  ['the design was assigned to nobody', /does not say which/],
  ['security check failed', /does not say which: check its keyword/],
])('310000 “%s” names the setting that failed', (said, names) => {
  // The address may hold such words as well.
  const call = { method: 'POST', url: 'https://sign-keywords.corp.example/robot/send' }
  const message = `POST ${call.url} was refused with 310000 (HTTP 200): ${said}.`
  expect(securityAdvice({ message, call })).toMatch(names)
})
