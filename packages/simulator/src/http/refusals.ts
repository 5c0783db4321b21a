import { type ApiAnswer, fail, oapi } from './answers.ts'

/** What keeps a request from its handler. */
export type Refusal = 'qps' | 'qpm' | 'quota' | 'permission' | 'ipNotAllowed' | 'tokenExpired' | 'webhookExpired'

/** Protocol: throttling and refusals of api.dingtalk.com come as 403, told apart by `code`; a bad token as 400. */
export function newAnswer(name: Refusal, scopes: readonly string[] = []): ApiAnswer {
  switch (name) {
    case 'qps':
      return fail(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', '应用调用该接口的QPS超过限制')
    case 'qpm':
      return fail(403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', '应用调用该接口的QPM超过限制')
    case 'quota':
      return fail(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', '企业本月的接口调用量已用完')
    case 'ipNotAllowed':
      return fail(403, 'Forbidden.AccessDenied.IpNotInWhiteList', '访问ip不在白名单之中')
    case 'permission': {
      const accessdenieddetail = { requiredScopes: scopes }
      const message = `应用尚未开通所需的权限：[${scopes.join(',')}]`
      return fail(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', message, { accessdenieddetail })
    }
    case 'tokenExpired':
      return fail(400, 'InvalidAuthentication', '不合法的access_token')
    case 'webhookExpired':
      return oapi(300001, 'session 不存在')
  }
}

/** The same from oapi.dingtalk.com. */
export function oldAnswer(name: Refusal): ApiAnswer {
  switch (name) {
    case 'qps':
    case 'qpm':
      return oapi(90018, '您的服务器调用钉钉开放平台所有接口的请求都被暂时禁用了')
    case 'quota':
      return oapi(90020, '企业本月的接口调用量已用完')
    case 'permission':
      return oapi(88, 'ding talk error[subcode=60011]', { sub_code: '60011', sub_msg: '没有调用该接口的权限' })
    case 'ipNotAllowed':
      return oapi(88, 'ding talk error[subcode=60020]', { sub_code: '60020', sub_msg: '访问ip不在白名单之中' })
    case 'tokenExpired':
      return oapi(40014, '不合法的access_token')
    case 'webhookExpired':
      return oapi(300001, 'session 不存在')
  }
}
