import * as v from 'valibot'
import { fail, oapi, ok } from '../http/answers.ts'
import { parseJson } from '../http/json.ts'
import type { Route } from '../http/route.ts'
import type { World } from '../world/world.ts'

const SCOPE = 'Contact.User.Read'

/** Who somebody is. Calls of contacts are not counted toward the month. */
export function contactRoutes({ world }: { readonly world: World }): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1.0/contact/users/:id',
      auth: 'token',
      scope: SCOPE,
      metered: false,
      // Documented with a unionId, called in practice with a userId.
      handle({ params }) {
        const person = [...world.people.values()].find(({ userId, unionId }) =>
          [userId, unionId].includes(params.id ?? ''),
        )
        if (!person) return fail(400, 'staffId.notExisted', '找不到该用户')
        const { userId, unionId, nick } = person
        return ok({ nick, unionId, openId: unionId, userId, avatarUrl: '', visitor: false })
      },
    },
    {
      method: 'POST',
      path: '/topapi/v2/user/get',
      auth: 'query',
      scope: SCOPE,
      metered: false,
      handle({ text, query }) {
        const body = v.safeParse(v.looseObject({ userid: v.string() }), parseJson(text) ?? Object.fromEntries(query))
        const form = new URLSearchParams(text).get('userid')
        const person = world.people.get(body.success ? body.output.userid : (form ?? ''))
        if (!person) return oapi(60121, '找不到该用户')
        const { userId: userid, unionId: unionid, nick: name } = person
        return oapi(0, 'ok', { result: { userid, unionid, name, active: true, admin: false, dept_id_list: [1] } })
      },
    },
  ]
}
