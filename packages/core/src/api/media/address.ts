import { DingTalkError } from '@dingware/transport'
import * as v from 'valibot'
import type { MediaRef } from '../../updates/message/media-of.ts'
import { knownRobotCode } from '../../updates/message/robot-code.ts'
import type { ApiCall } from '../api-call.ts'
import type { MediaDeps } from './deps.ts'
import { addressInDrive } from './drive.ts'
import { addressInGroup } from './group-file.ts'

/** Download address of a file. */
export interface Address {
  readonly url: string
  /** Headers without which the address refuses. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Options for finding a file. `ctx.download` fills them in from the message. */
export interface AddressOptions {
  /** Robot that the file was sent to. Default: the bot's own. */
  readonly robotCode?: string | undefined
  /** userId (`staffId`) of a person who may see the file, such as its sender; needed for files in the drive. */
  readonly userId?: string | undefined
  /** Group (`conversationId`) in which the file was quoted; needed if the quote gives no download code. */
  readonly openConversationId?: string | undefined
  /** Time at which such a quoted file was sent, in milliseconds since the epoch: tells files of the same name apart. */
  readonly sentAt?: number | undefined
  /** Aborts the calls. */
  readonly signal?: AbortSignal | undefined
}

/** One method to get the address of a file. */
export type Way = () => Promise<Address>

const Answer = v.object({ downloadUrl: v.pipe(v.string(), v.nonEmpty()) })

/**
 * Lists the methods to get the address of a file, in the order in which to try them. Pictures have two codes, of which
 * sometimes the one works and sometimes the other.
 *
 * @throws DingTalkError `ERR_MEDIA_REF` if there is none.
 */
export function waysTo(deps: MediaDeps, ref: MediaRef | string, options: AddressOptions): readonly Way[] {
  const { downloadCode, pictureDownloadCode, dentryId, spaceId, fileName } =
    typeof ref === 'string' ? ({ downloadCode: ref } satisfies Partial<MediaRef>) : ref
  const codes = new Set([downloadCode, pictureDownloadCode].filter(code => code !== undefined && code !== ''))
  if (codes.size > 0) return [...codes].map(code => () => addressByCode(deps, code ?? '', options))
  if (dentryId && spaceId) return [() => addressInDrive(deps, { dentryId, spaceId }, options)]
  const { openConversationId, sentAt } = options
  if (openConversationId !== undefined && (fileName !== undefined || sentAt !== undefined)) {
    return [() => addressInGroup(deps, { fileName, sentAt, openConversationId }, options)]
  }
  const name = fileName === undefined ? 'The file' : JSON.stringify(fileName)
  const message = `${name} cannot be downloaded: the message says no more of it than its name, as it is with files quoted in groups. Give the group with \`openConversationId\`, as ctx.download() does, or ask for it in a private chat.`
  throw new DingTalkError(message, { code: 'ERR_MEDIA_REF' })
}

/** Tries the methods in turn. If all fail, throws the error of the first, which is the one that should have worked. */
export async function firstOf<T>(ways: readonly Way[], arrive: (address: Address) => Promise<T>): Promise<T> {
  const failures: unknown[] = []
  for (const way of ways) {
    try {
      return await arrive(await way())
    } catch (error) {
      failures.push(error)
      if (isFinal(error)) break
    }
  }
  throw failures[0]
}

/**
 * True if trying another method is useless: it would lead to the same file, which is as large; or the caller has given
 * up.
 */
function isFinal(error: unknown): boolean {
  return !DingTalkError.isInstance(error) || error.code === 'ERR_TIMEOUT' || error.code === 'ERR_FILE_TOO_LARGE'
}

/** open.dingtalk.com: download-the-file-content-of-the-robot-receiving-message. */
async function addressByCode(deps: MediaDeps, downloadCode: string, options: AddressOptions): Promise<Address> {
  const robotCode = knownRobotCode(options.robotCode) ?? deps.robotCode()
  const { signal } = options
  const call: ApiCall = {
    method: 'POST',
    path: '/v1.0/robot/messageFiles/download',
    body: { downloadCode, robotCode },
    idempotent: true,
    signal,
  }
  const { downloadUrl } = await deps.call(call, Answer)
  return { url: downloadUrl }
}
