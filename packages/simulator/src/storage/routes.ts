import * as v from 'valibot'
import type { Files, StoredFile } from '../files/store.ts'
import { fail, ok } from '../http/answers.ts'
import { jsonRoute, required } from '../http/body.ts'
import type { ApiRequest, Route } from '../http/route.ts'
import { secretId } from '../random/random.ts'
import { dentryId, SPACE_ID } from '../robot/content.ts'

export interface StorageDeps {
  readonly files: Files
  readonly url: () => string
}

const INFO_SCOPE = 'Storage.DownloadInfo.Read'
const withUnionId = v.looseObject({ unionId: required('param.unionId') })

/** The drive, as far as a bot needs it for files that came without a downloadCode. */
export function storageRoutes({ files, url }: StorageDeps): Route[] {
  const find = ({ params }: ApiRequest): StoredFile | undefined =>
    params.spaceId === SPACE_ID ? files.list().find(({ fileId }) => dentryId(fileId) === params.dentryId) : undefined
  const missing = fail(400, 'dentry.notExist', 'there is no such file')
  // The address alone is not enough here: its headers have to be sent along.
  const signed = (file: StoredFile) => {
    const Authorization = `OSS simulator:${secretId()}`
    return { address: `${url()}${files.address(file, Authorization)}`, headers: { Authorization } }
  }
  const place = { method: 'POST', invalid: 'param.error' } as const

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
      schema: v.looseObject({}),
      handle(_, _app, request) {
        const file = find(request)
        if (!file) return missing
        const { address, headers } = signed(file)
        return ok({ protocol: 'HEADER_SIGNATURE', headerSignatureInfo: { resourceUrls: [address], headers } })
      },
    }),
    jsonRoute({
      ...place,
      path: '/v1.0/convFile/conversations/spaces/query',
      scope: 'ConvFile.Space.Read',
      schema: v.looseObject({ openConversationId: required('param.openConversationId') }),
      handle: () => ok({ space: { spaceId: SPACE_ID } }),
    }),
    jsonRoute({
      ...place,
      path: '/v1.0/storage/spaces/:spaceId/dentries/listAll',
      scope: 'Storage.File.Read',
      schema: v.looseObject({}),
      handle(_, _app, { params }) {
        const all = params.spaceId === SPACE_ID ? files.list() : []
        const dentries = all.map(({ fileId, name, bytes }) => ({
          id: dentryId(fileId),
          spaceId: SPACE_ID,
          name,
          type: 'FILE',
          size: bytes.length,
        }))
        return ok({ dentries })
      },
    }),
  ]
}
