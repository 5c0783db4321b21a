import { fail, ok, topapi } from '../../http/answers.ts'
import type { ApiRequest, Route } from '../../http/route.ts'
import { parseJson } from '../../utils/json.ts'
import type { Person } from '../../world/types.ts'
import type { World } from '../../world/world.ts'

/** `contact_type` of a person of the organisation; 1 is somebody from outside. */
const INSIDE = 0

/** The APIs that look up people. Calls of contacts are not counted toward the month. */
export function contactRoutes({ world }: { readonly world: World }): Route[] {
  const old = { method: 'POST', auth: 'query', scope: 'qyapi_get_member', metered: false } as const
  const find = (fits: (person: Person) => boolean) => [...world.people.values()].find(fits)
  const unknown = () => topapi(60121, '找不到该用户')
  return [
    {
      method: 'GET',
      path: '/v1.0/contact/users/:id',
      auth: 'token',
      scope: 'Contact.User.Read',
      metered: false,
      // Documented with a unionId, called in practice with a userId.
      handle({ params }) {
        const person = find(({ userId, unionId }) => [userId, unionId].includes(params.id ?? ''))
        if (!person) return fail(404, 'invalidParameter.user.notFound', '找不到该用户')
        const { userId, unionId, nick } = person
        return ok({ nick, unionId, openId: unionId, userId, avatarUrl: '', visitor: false })
      },
    },
    {
      ...old,
      path: '/topapi/v2/user/get',
      handle(request: ApiRequest) {
        const person = world.people.get(parameter(request, 'userid'))
        if (!person) return unknown()
        const { userId: userid, unionId: unionid, nick: name } = person
        return topapi(0, 'ok', { result: { userid, unionid, name, active: true, admin: false, dept_id_list: [1] } })
      },
    },
    {
      ...old,
      path: '/topapi/user/getbyunionid',
      handle(request: ApiRequest) {
        const unionId = parameter(request, 'unionid')
        if (!/^[\w-]+$/.test(unionId)) return topapi(40035, '不合法的参数: unionid')
        const person = find(it => it.unionId === unionId)
        if (!person) return unknown()
        return topapi(0, 'ok', { result: { contact_type: INSIDE, userid: person.userId } })
      },
    },
  ]
}

/** From JSON, a form or the query, all of which the old API takes. */
function parameter({ text, query }: ApiRequest, name: string): string {
  const json = Object(parseJson(text))[name]
  return typeof json === 'string' ? json : (new URLSearchParams(text).get(name) ?? query.get(name) ?? '')
}
