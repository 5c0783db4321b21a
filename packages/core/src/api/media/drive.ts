import { DingTalkError } from '@dingware/transport'
import * as v from 'valibot'
import type { ApiCall } from '../api-call.ts'
import type { Address, AddressOptions } from './address.ts'
import type { MediaDeps } from './deps.ts'

export interface DrivePlace {
  readonly dentryId: string
  readonly spaceId: string
}

const User = v.object({ unionId: v.pipe(v.string(), v.nonEmpty()) })

const Headers = v.optional(v.record(v.string(), v.string()), {})
/** Answer in the two forms that are in use: of `getDownloadInfo`, and of the older `downloadInfos/query`. */
export const DriveAddress: v.GenericSchema<unknown, Address> = v.union([
  v.pipe(
    v.object({ resourceUrl: v.string(), headers: Headers }),
    v.transform(({ resourceUrl, headers }) => ({ url: resourceUrl, headers })),
  ),
  v.pipe(
    v.object({
      headerSignatureInfo: v.object({ resourceUrls: v.tupleWithRest([v.string()], v.string()), headers: Headers }),
    }),
    v.transform(({ headerSignatureInfo: { resourceUrls, headers } }) => ({ url: resourceUrls[0], headers })),
  ),
])

/**
 * Gets the address of a file in the drive. Files that were sent through the API have no code but are kept in the drive,
 * which gives them to people only: the robot asks in the name of one who may see the file. Needs the permissions
 * `Contact.User.Read` and `Storage.DownloadInfo.Read`.
 *
 * Source: the open source client `dws`, against the live platform; no page of the documentation describes the
 * combination.
 */
export async function addressInDrive(
  { call }: Pick<MediaDeps, 'call'>,
  { spaceId, dentryId }: DrivePlace,
  { userId, signal }: AddressOptions,
): Promise<Address> {
  if (!userId) {
    const message =
      'The file cannot be downloaded: it was sent through the API and lies in the drive, which gives it only to people. Name one who may see it, such as the sender, with `userId` (their staffId; people outside the organisation have none).'
    throw new DingTalkError(message, { code: 'ERR_MEDIA_REF' })
  }
  const find: ApiCall = { method: 'GET', path: `/v1.0/contact/users/${encodeURIComponent(userId)}`, signal }
  const { unionId } = await call(find, User)
  const [space, dentry] = [encodeURIComponent(spaceId), encodeURIComponent(dentryId)]
  const ask: ApiCall = {
    method: 'POST',
    path: `/v2.0/storage/spaces/${space}/dentries/${dentry}/getDownloadInfo`,
    body: { unionId },
    idempotent: true,
    signal,
  }
  return call(ask, DriveAddress)
}
