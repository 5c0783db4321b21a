/** Refusals of a permission: of the OpenAPI, and of the old one (dingtalk skill, probe log of 2026-09). */
const PERMISSION_CODE = /PermissionDenied$|^60011$/

const LISTED = /requiredScopes["']?\s{0,4}[=:]\s{0,4}\[([^\]]*)\]/i
/** The link to the form that asks for them: `…/appscope/apply?content=<clientId>%23<scopes>`. */
const LINKED = /appscope\/apply\?content=[\w.%-]*(?:%23|#)([\w.%,-]+)/i
/** `应用尚未开通所需的权限：[…]`, and the same in English. */
const BRACKETED = /(?:权限|permissions?|scopes?)[^[\]【】]{0,40}[[【]([^\]】]*)[\]】]/i

/**
 * The permissions that a refusal names in its text alone, as those of the old API do. The last resort: texts come in
 * two languages and change, so what a program would read goes before what a person would.
 */
export function scopesIn(text: string, code: string): readonly string[] {
  const found = LISTED.exec(text) ?? LINKED.exec(text) ?? (PERMISSION_CODE.test(code) ? BRACKETED.exec(text) : null)
  const scopes = (found?.[1] ?? '').replaceAll(/%2C/gi, ',').split(/[^\w.:-]+/)
  return [...new Set(scopes)].filter(scope => /^[a-z]/i.test(scope))
}
