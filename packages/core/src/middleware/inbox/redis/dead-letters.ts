import * as v from 'valibot'
import type { RedisCommands } from '../../../store/redis-client.ts'
import { packUpdate, unpackUpdate } from '../../../updates/packed.ts'
import type { Update } from '../../../updates/update.ts'
import type { DeadLetter } from '../arrival.ts'
import { REQUEUE } from './scripts.ts'

const LetterSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ runs: v.number(), at: v.number(), update: v.unknown() }),
)

const PAGE = 100

/** Reads the dead letters, oldest first. */
export async function* readDeadLetters(
  { send, run }: RedisCommands,
  prefix: string,
  partitionOf: (update: Update) => string,
): AsyncIterable<DeadLetter> {
  for (let after = '-'; ; ) {
    const page = await send('XRANGE', `${prefix}dead`, after, '+', 'COUNT', String(PAGE))
    const rows: unknown[] = Array.isArray(page) ? page : []
    for (const row of rows) {
      const [id, fields] = Array.isArray(row) ? row : []
      after = `(${id}`
      const letter = v.safeParse(LetterSchema, Array.isArray(fields) ? String(fields[1]) : undefined)
      const update = letter.success ? unpackUpdate(letter.output.update) : undefined
      if (!letter.success || !update) continue
      yield {
        id: String(id),
        update,
        runs: letter.output.runs,
        diedAt: letter.output.at,
        async requeue() {
          await run(REQUEUE, prefix, partitionOf(update), String(id), JSON.stringify(packUpdate(update)))
        },
        async discard() {
          await send('XDEL', `${prefix}dead`, String(id))
        },
      }
    }
    if (rows.length < PAGE) return
  }
}
