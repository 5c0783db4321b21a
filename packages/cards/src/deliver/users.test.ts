import { ApiError } from '@dingware/core'
import { describe, expect, test } from 'vitest'
import { createApiStub } from '../testing/api-stub.ts'
import { sayTo } from './message.ts'

const users = Array.from({ length: 25 }, (_, index) => `u${index}`)
const [first = ''] = users
const unknown = new ApiError('nobody', { status: 400, code: 'staffId.notExisted', call: { method: 'POST', url: 'x' } })

/** Says a text to people, where the platform answers each batch as given. */
function saying(to: readonly string[], answer: (userIds: readonly string[]) => unknown) {
  const batches: (readonly string[])[] = []
  const { call } = createApiStub(async ({ body }) => {
    const { userIds } = Object(body)
    batches.push(userIds)
    return answer(userIds)
  })
  return { batches, said: sayTo(call, { robotCode: 'r', address: { users: to } })('标题', '答案') }
}

describe('a text in place of a card', () => {
  test('goes on to others where one batch holds nobody that there is', async () => {
    const { batches, said } = saying(users, ids => {
      if (ids.includes(first)) throw unknown
      return { processQueryKey: 'k' }
    })
    await said
    expect(batches).toHaveLength(2)
  })

  test('is said where one of several is missed', async () => {
    const { said } = saying(['a', 'b'], () => ({ processQueryKey: 'k', invalidStaffIdList: ['b'] }))
    await expect(said).resolves.toBeUndefined()
  })

  test.each(['invalidStaffIdList', 'filteredStaffIdList', 'flowControlledStaffIdList'])(
    'has failed where all of them are in %s',
    async list => {
      const { said } = saying(['a'], () => ({ [list]: ['a'] }))
      await expect(said).rejects.toMatchObject({ code: 'ERR_NOT_REACHED' })
    },
  )

  test('has failed where none of them exists', async () => {
    const { said } = saying(['a'], () => {
      throw unknown
    })
    await expect(said).rejects.toMatchObject({ code: 'ERR_NOT_REACHED', cause: unknown })
  })

  test('stops at any other refusal', async () => {
    const refusal = new ApiError('no', { status: 400, code: '430104', call: { method: 'POST', url: 'x' } })
    const { batches, said } = saying(users, () => {
      throw refusal
    })
    await expect(said).rejects.toBe(refusal)
    expect(batches).toHaveLength(1)
  })
})
