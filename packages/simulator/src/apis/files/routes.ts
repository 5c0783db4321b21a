import type { Clock } from '../../clock/clock.ts'
import type { Route } from '../../http/route.ts'
import { downloadRoute, type FileDeps } from './download.ts'
import { fileHostRoute } from './host.ts'
import { uploadRoute } from './upload.ts'

export interface FilesDeps extends FileDeps {
  readonly clock: Pick<Clock, 'now'>
}

/** Files in both directions. */
export function fileRoutes(deps: FilesDeps): Route[] {
  return [downloadRoute(deps), uploadRoute(deps), fileHostRoute(deps.files)]
}
