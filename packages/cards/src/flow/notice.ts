import type { CardAnswer, ClickContext } from '@dingware/core'
import { addBounded } from '@dingware/transport'
import { reasonOf } from '../deliver/failure.ts'
import type { Variables } from '../template/variables.ts'
import type { Asking } from './asking.ts'

/** Something that is for one person alone. */
export interface Notice {
  readonly text: string
  /** The same as variables of the card. */
  readonly shown: Variables
}

/** The most people who are remembered as told. */
const MAX_TOLD = 1_000

/**
 * Tells something to the one who clicked: on the card where the template has a private variable for it, else by a message to
 * that person, once for each card; where no message gets there, on the card for all.
 *
 * @param privates the variables that the template marks as private. The public templates have none that is known.
 */
export function tell(asking: Asking, click: ClickContext, notice: Notice, privates: readonly string[]): void {
  const { shown } = notice
  const names = Object.keys(shown)
  const staffId = click.from?.staffId
  if (names.length > 0 && names.every(name => privates.includes(name))) click.respond({ private: shown })
  else if (!staffId) click.respond({ card: shown })
  else {
    click.respond({})
    write(asking, click, staffId, notice)
  }
}

function write({ engine, told }: Asking, click: ClickContext, staffId: string, { text, shown }: Notice): void {
  const key = `${click.callback.outTrackId} ${staffId} ${text}`
  if (told.has(key)) return
  addBounded(told, key, MAX_TOLD)
  const sent = click.api.send({ users: [staffId] }, text).catch(error => {
    engine.log.warn(`Somebody who clicked could not be written to, so the card says it to all: ${reasonOf(error)}`)
    click.respond({ card: shown })
  })
  click.waitUntil(sent)
}

/** An answer for all, that also goes over what one person alone has been shown. */
export function forAll(shown: Variables, privates: readonly string[] = []): CardAnswer {
  const own = Object.entries(shown).filter(([name]) => privates.includes(name))
  return { card: shown, ...(own.length > 0 && { private: Object.fromEntries(own) }) }
}
