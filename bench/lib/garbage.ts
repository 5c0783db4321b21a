import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Collects all garbage now, so that nobody is charged for what another left behind. */
export function collectGarbage(): void {
  collect()
  collect()
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
