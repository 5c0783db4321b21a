import { describe, expect, test } from 'vitest'
import { type Evidence, evidenceOf } from '../../../../core/fixtures/evidence.ts'
import { createSimulator } from '../../simulator.ts'
import { noAnswers, provoked } from './provoked.ts'

const lines = evidenceOf('api')

interface Captured {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly ok?: unknown
}

const answerOf = ({ answer }: Evidence): Captured => Object(answer)
/** Whether the answer is there as it came; of others only what is there is compared. */
const isWhole = ({ fidelity, answer }: Evidence) =>
  String(fidelity).startsWith('shape and codes') && !('note' in Object(answer))

/** Fields by which an answer is told: these must be the very same. `errcode` is left out where the line does not show it. */
const TELLING = ['code', 'errcode', 'sub_code', 'sendStatus', 'status', 'type']
/** What is of the asker in a text: ids, paths, times, addresses, permissions. */
const VARYING = /\d[\d.:-]*|ding[\w-]*|\[[^\]]*\]|apiPath\([^)]*\)|content=\S+/g
const TEXTS = ['errmsg', 'message', 'sub_msg']

const wordsOf = (text: unknown) => String(text).replaceAll(VARYING, '*')

/** Compares field by field: the same keys, in the same order where it is known, the same kinds of values, the same codes. */
function compare(seen: unknown, given: unknown, isWhole: boolean, path = 'body'): void {
  if (typeof seen !== 'object' || seen === null) {
    expect(typeof given, path).toBe(typeof seen)
    return
  }
  expect(Array.isArray(given), path).toBe(Array.isArray(seen))
  const [keys, givenKeys] = [Object.keys(seen), Object.keys(Object(given))]
  // What stands in lists and under ids is the asker's.
  if (Array.isArray(seen) || path.endsWith('failedList') || path.endsWith('failedResult')) return
  if (isWhole) expect(givenKeys, `keys of ${path}, in order`).toEqual(keys)
  else expect(givenKeys, `keys of ${path}`).toEqual(expect.arrayContaining(keys))
  for (const [key, value] of Object.entries(seen)) {
    const held = Object(given)[key]
    if (TELLING.includes(key) && value !== '(not shown)') expect(held, `${path}.${key}`).toBe(value)
    else if (value !== '(not shown)') compare(value, held, isWhole, `${path}.${key}`)
    if (isWhole && TEXTS.includes(key)) expect(wordsOf(held), `${path}.${key}`).toBe(wordsOf(value))
  }
}

test('every line has a way or a reason, and not both', () => {
  const named = [...Object.keys(provoked), ...Object.keys(noAnswers)]
  expect(named.toSorted()).toEqual(lines.map(({ name }) => name).toSorted())
})

test('no line that is whole goes without a way', () => {
  expect(
    lines
      .filter(isWhole)
      .map(({ name }) => name)
      .filter(name => name in noAnswers),
  ).toEqual([])
})

describe('the simulator answers as captured', () => {
  test.each(lines.filter(({ name }) => name in provoked))('$name', async line => {
    await using sim = await createSimulator()
    const { status, body, headers, ok } = answerOf(line)
    const given = await provoked[line.name]?.(sim)
    if (!given) throw new Error(`${line.name} has no way`)
    if (status !== undefined && ok === undefined) expect(given.status).toBe(status)
    const type = headers?.['content-type']
    if (type !== undefined) expect(given.headers.get('content-type')).toBe(type)
    if (typeof body === 'string') expect(given.body).toContain('tengine')
    else if (body !== undefined) compare(body, given.body, isWhole(line))
    if (ok !== undefined) compare(ok, given.body, true)
  })
})

test('a permission that was granted takes effect with the next token, which is a new one', async () => {
  await using sim = await createSimulator()
  const answer = await provoked['token-stale-after-grant']?.(sim)
  expect(answer).toMatchObject({
    status: 403,
    body: { code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied' },
  })
  expect(await provoked['batchsend-answer-model']?.(sim)).toMatchObject({ status: 200 })
})
