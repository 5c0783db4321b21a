import * as v from 'valibot'
import type { Clock } from '../../clock/clock.ts'
import { fail, ok, unproven } from '../../http/answers.ts'
import { jsonRoute, required } from '../../http/json-route.ts'
import type { ApiRequest, Route } from '../../http/route.ts'
import type { IssuedSecrets } from '../../utils/issued-secrets.ts'
import type { World } from '../../world/world.ts'
import { dentryId, SPACE_ID } from '../files/drive.ts'
import type { Files, StoredFile } from '../files/store.ts'

export interface StorageDeps {
  readonly files: Files
  readonly secrets: IssuedSecrets
  readonly world: World
  readonly clock: Pick<Clock, 'now'>
  readonly url: () => string
}

const INFO_SCOPE = 'Storage.DownloadInfo.Read'
const withUnionId = v.looseObject({ unionId: required('paramError') })
const anyBody = v.looseObject({})
/** The largest page of a list. */
const PAGE = 50
const listOptions = v.looseObject({
  option: v.optional(
    v.looseObject({ maxResults: v.optional(v.number(), PAGE), nextToken: v.optional(v.string(), '0') }),
    {},
  ),
})

const place = { method: 'POST', invalid: 'paramError' } as const
// Whoever is not named in the body stands in the query.
const isNamed = ({ query }: ApiRequest): boolean => Boolean(query.get('unionId'))
const unnamed = fail(400, 'paramError', 'unionId is missing in the query')
const missing = unproven(fail(400, 'dentry.notExist', 'there is no such file'))

/** The drive, as far as a bot needs it for files that came without a downloadCode. */
export function storageRoutes(deps: StorageDeps): Route[] {
  return [...downloadRoutes(deps), spaceRoute(deps), listRoute(deps)]
}

/** The address of a file, by the newer API and by the older one. */
function downloadRoutes({ files, secrets, url }: StorageDeps): Route[] {
  const find = ({ params }: ApiRequest): StoredFile | undefined =>
    params.spaceId === SPACE_ID ? files.list().find(({ fileId }) => dentryId(fileId) === params.dentryId) : undefined
  // The address alone is not enough here: its headers have to be sent along.
  const signed = (file: StoredFile) => {
    const Authorization = `OSS simulator:${secrets.issue('AUTHORIZATION')}`
    return { address: `${url()}${files.address(file, Authorization)}`, headers: { Authorization } }
  }
  return [
    jsonRoute({
      ...place,
      path: '/v2.0/storage/spaces/:spaceId/dentries/:dentryId/getDownloadInfo',
      scope: INFO_SCOPE,
      schema: withUnionId,
      handle(_, _app, request) {
        const file = find(request)
        if (!file) return missing
        const { address, headers } = signed(file)
        return ok({ resourceUrl: address, headers })
      },
    }),
    jsonRoute({
      ...place,
      path: '/v1.0/storage/spaces/:spaceId/dentries/:dentryId/downloadInfos/query',
      scope: INFO_SCOPE,
      schema: anyBody,
      handle(_, _app, request) {
        if (!isNamed(request)) return unnamed
        const file = find(request)
        if (!file) return missing
        const { address, headers } = signed(file)
        return ok({ protocol: 'HEADER_SIGNATURE', headerSignatureInfo: { resourceUrls: [address], headers } })
      },
    }),
  ]
}

/** The space in which a conversation has its files. */
function spaceRoute({ world, clock }: StorageDeps): Route {
  const startedAt = clock.now()
  return jsonRoute({
    ...place,
    path: '/v1.0/convFile/conversations/spaces/query',
    scope: 'ConvFile.Space.Read',
    schema: v.looseObject({ openConversationId: required('paramError.conversationId') }),
    handle({ openConversationId }, _app, request) {
      if (!isNamed(request)) return unnamed
      if (!world.conversations.has(openConversationId)) {
        return fail(404, 'conversationNotExist', `there is no conversation ${openConversationId}`)
      }
      const createTime = new Date(startedAt).toISOString()
      return ok({ space: { spaceId: SPACE_ID, corpId: world.corpId, createTime, modifyTime: createTime } })
    },
  })
}

/** The files in a space, page by page. */
function listRoute({ files }: StorageDeps): Route {
  return jsonRoute({
    ...place,
    path: '/v1.0/storage/spaces/:spaceId/dentries/listAll',
    scope: 'Storage.File.Read',
    schema: listOptions,
    handle({ option: { maxResults, nextToken } }, _app, request) {
      if (!isNamed(request)) return unnamed
      const all = request.params.spaceId === SPACE_ID ? files.list() : []
      const from = Number(nextToken)
      const to = from + Math.min(maxResults, PAGE)
      const dentries = all.slice(from, to).map(dentryOf)
      return ok({ dentries, ...(to < all.length ? { nextToken: String(to) } : {}) })
    },
  })
}

function dentryOf({ fileId, name, bytes, createdAt }: StoredFile): object {
  const createTime = chinaTime(createdAt)
  return { id: dentryId(fileId), spaceId: SPACE_ID, name, type: 'FILE', size: bytes.length, createTime }
}

/** Such as `Sun Nov 01 08:00:00 CST 2026`, in which a drive tells its times. */
function chinaTime(at: number): string {
  const [day, date, month, year, time] = new Date(at + 8 * 3_600_000).toUTCString().replace(',', '').split(' ')
  return `${day} ${month} ${date} ${time} CST ${year}`
}
