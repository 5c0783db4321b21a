import type { UpdateKind } from '../updates/update.ts'
import type { IntakeStats } from './intake.ts'

type Load = Pick<IntakeStats, 'running' | 'concurrency' | 'waiting' | 'suspended'>

/** Warning about a handler that has run for `ms` milliseconds. */
export function slowText(ms: number, load: Load): string {
  return `A handler has run for ${ms / 1_000} s and has not ended. Meanwhile it keeps others from running: ${inWords(load)}. Give what it awaits a time limit or ctx.signal, and long work to ctx.waitUntil(); where it shall take so long, raise \`slowAfter\`.`
}

/** Warning about an update that was dropped. */
export function overloadText(kind: UpdateKind, load: Load): string {
  const consequence = kind === 'event' ? 'DingTalk will push it again' : 'It will not come again'
  return `Too much is waiting, so an update was refused: ${inWords(load)}. ${consequence}. Look for handlers that never end or hang on something slow; if there are none, raise \`concurrency\`, or \`maxWaiting\` and \`maxWaitingBytes\`. \`onOverload\` is told of each.`
}

function inWords({ running, concurrency, waiting, suspended }: Load): string {
  const aside = suspended > 0 ? `, ${suspended} wait for their turn or for a person` : ''
  return `${running} of ${concurrency} handlers run${aside}, and ${waiting} updates wait for a slot`
}
