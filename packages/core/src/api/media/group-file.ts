import { DingTalkError } from '@dingware/transport'
import * as v from 'valibot'
import type { ApiCall } from '../api-call.ts'
import type { Address, AddressOptions } from './address.ts'
import type { MediaDeps } from './deps.ts'
import { DriveAddress } from './drive.ts'

/** Facts about a file that somebody quoted in a group. */
export interface QuotedFile {
  readonly fileName?: string | undefined
  /** Time of sending, in milliseconds since the epoch. */
  readonly sentAt?: number | undefined
  readonly openConversationId: string
}

const PAGE = 50
/** Maximum number of pages of a group's file list that are searched. */
const MAX_PAGES = 20
/**
 * Tolerance in milliseconds when a file without a name is matched by time: it was put into the drive when it was sent.
 */
const SAME_TIME = 10_000

const User = v.object({ result: v.object({ unionid: v.pipe(v.string(), v.nonEmpty()) }) })
const Space = v.object({ space: v.object({ spaceId: v.pipe(v.string(), v.nonEmpty()) }) })
const Files = v.object({
  dentries: v.optional(
    v.array(
      v.object({
        id: v.string(),
        name: v.fallback(v.string(), ''),
        type: v.fallback(v.string(), ''),
        createTime: v.pipe(v.fallback(v.string(), ''), v.transform(timeOf)),
      }),
    ),
    [],
  ),
  nextToken: v.optional(v.string()),
})

type Dentry = v.InferOutput<typeof Files>['dentries'][number]

/**
 * Locates a file that was quoted in a group, whose message gives no code: in the group's drive, by name, and by time if
 * there are several of that name or the name is missing. Needs the permissions `Contact.User.Read`,
 * `ConvFile.Space.Read`, `Storage.File.Read` and `Storage.DownloadInfo.Read`.
 *
 * Source: the open source connector `openclaw-channel-dingtalk`, against the live platform.
 */
export async function addressInGroup(deps: MediaDeps, file: QuotedFile, options: AddressOptions): Promise<Address> {
  const { userId, signal } = options
  if (!userId) {
    const message =
      'The quoted file cannot be downloaded: it lies in the drive of the group, which gives it only to people. Name one who may see it, such as the sender, with `userId` (their staffId; people outside the organisation have none).'
    throw new DingTalkError(message, { code: 'ERR_MEDIA_REF' })
  }
  const ask = { method: 'POST', idempotent: true, signal } as const
  const who: ApiCall = { ...ask, base: 'oapi', path: '/topapi/v2/user/get', body: { userid: userId } }
  const { unionid: unionId } = (await deps.call(who, User)).result
  const { openConversationId } = file
  const asPerson = { ...ask, query: { unionId } }
  const where: ApiCall = {
    ...asPerson,
    path: '/v1.0/convFile/conversations/spaces/query',
    body: { openConversationId, unionId },
  }
  const { spaceId } = (await deps.call(where, Space)).space
  const space = `/v1.0/storage/spaces/${encodeURIComponent(spaceId)}/dentries`
  const dentry = await find(deps, { ...asPerson, path: `${space}/listAll` }, file)
  const path = `${space}/${encodeURIComponent(dentry.id)}/downloadInfos/query`
  return deps.call({ ...asPerson, path, body: {} }, DriveAddress)
}

async function find({ call }: MediaDeps, list: ApiCall, { fileName, sentAt }: QuotedFile): Promise<Dentry> {
  let best: Dentry | undefined
  let nextToken: string | undefined
  const distance = ({ createTime }: Dentry): number =>
    sentAt === undefined || createTime === undefined ? Number.POSITIVE_INFINITY : Math.abs(createTime - sentAt)
  for (let page = 0; page < MAX_PAGES; page++) {
    const option = { maxResults: PAGE, ...(nextToken ? { nextToken } : {}) }
    const found = await call({ ...list, body: { option } }, Files)
    for (const dentry of found.dentries) {
      const fits = fileName === undefined ? distance(dentry) <= SAME_TIME : dentry.name === fileName
      if (dentry.type !== 'FOLDER' && fits && (!best || distance(dentry) < distance(best))) best = dentry
    }
    nextToken = found.nextToken
    if (!nextToken) break
  }
  if (best) return best
  const what = fileName === undefined ? 'No file that was sent at that time' : JSON.stringify(fileName)
  const message = `${what} was found among the group's files, so it was not downloaded: it may have been deleted, or lies behind ${MAX_PAGES * PAGE} others. Ask for it in a private chat.`
  throw new DingTalkError(message, { code: 'ERR_MEDIA_REF' })
}

/** Parses times such as `Sun Nov 01 08:00:00 CST 2026`, where CST means China's time, not that of Chicago. */
function timeOf(text: string): number | undefined {
  const at = Date.parse(text.replace(/\bCST\b/, '+0800'))
  return Number.isNaN(at) ? undefined : at
}
