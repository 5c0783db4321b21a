import { expectTypeOf, test } from 'vitest'
import { type DynamicDataRequest, dynamicDataResponse, parseDynamicDataRequest } from './dynamic-data.ts'
import { type GraphRequest, graphResponse, parseGraphRequest } from './graph.ts'

test('requests and their answers', () => {
  expectTypeOf(parseGraphRequest(null)).toEqualTypeOf<GraphRequest>()
  expectTypeOf(parseGraphRequest(null).json).toBeUnknown()
  expectTypeOf(parseDynamicDataRequest(null)).toEqualTypeOf<DynamicDataRequest>()
  // @ts-expect-error: a status is a number
  graphResponse({}, { status: '404' })
  // @ts-expect-error: there is no such type of value
  dynamicDataResponse([{ dynamicDataSourceId: 'ds', data: {}, dynamicDataValueType: 'MAP' }])
})
