import * as v from 'valibot'
import { fail, ok } from '../../http/answers.ts'
import { jsonRoute, required } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import type { Files } from './store.ts'

export interface FileDeps {
  readonly files: Files
  /** The simulator's address. */
  readonly url: () => string
}

/** `POST /v1.0/robot/messageFiles/download`: an address for what somebody sent to the bot. */
export function downloadRoute({ files, url }: FileDeps): Route {
  return jsonRoute({
    method: 'POST',
    path: '/v1.0/robot/messageFiles/download',
    scope: 'qyapi_robot_sendmsg',
    schema: v.looseObject({
      downloadCode: required('invalidParameter.robotCode.downloadCode'),
      robotCode: required('invalidParameter.robotCode.empty'),
    }),
    invalid: 'invalidParameter.param.invalid',
    handle({ downloadCode, robotCode }, app) {
      const found = files.byCode(downloadCode)
      // Sic: the code says robotCode although the downloadCode is what is wrong.
      if (!found) return fail(400, 'invalidParameter.robotCode.downloadCode', '下载码有误或者已经过期')
      if (found.robotCode !== robotCode || robotCode !== app.robotCode) {
        return fail(400, 'invalidParameter.robotCode.auth', 'the downloadCode belongs to another robot')
      }
      return ok({ downloadUrl: `${url()}${files.address(found.file)}` })
    },
  })
}
