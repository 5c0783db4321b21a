import { equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { frameOf, framesOf } from '../../../fixtures/frames.ts'
import { mutationsOf } from '../../../fixtures/mutations.ts'
import { dynamicDataResponse, parseDynamicDataRequest } from './dynamic-data.ts'
import { graphResponse, parseGraphRequest } from './graph.ts'

describe('a graph request', () => {
  test('has method, uri, headers, and its body as text and parsed', () => {
    const { data } = frameOf('graph.invoke')
    const request = parseGraphRequest(data)
    expect({ ...request }).toEqual({
      method: 'POST',
      uri: '/v1.0/weather/get',
      headers: {
        'x-plugin-id': 'plg-77',
        'x-plugin-version': '3',
        'x-ability-key': 'getWeather',
        'content-type': 'application/json',
      },
      body: '{"location": "杭州", "date": "2026-09-23"}',
      json: { location: '杭州', date: '2026-09-23' },
    })
    expect(request.raw).toBe(data)
  })

  test('has headers in lower case, whatever it was sent with', () => {
    const headers = { 'X-Plugin-Id': 'p', 'X-Count': 3, 'X-List': ['a'] }
    expect(parseGraphRequest({ headers }).headers).toEqual({ 'x-plugin-id': 'p', 'x-count': '3' })
  })

  test.each([
    ['is an object', { a: 1 }, '{"a":1}', { a: 1 }],
    ['is no JSON', 'a=1', 'a=1', undefined],
    ['is missing', undefined, '', undefined],
  ])('survives a body that %s', (_, body, text, json) => {
    expect(parseGraphRequest({ body })).toMatchObject({ method: 'GET', uri: '/', body: text, json })
  })
})

describe('the answer to a graph request', () => {
  test('is JSON with status 200 when nothing else is said', () => {
    expect(graphResponse({ text: '晴' })).toEqual({
      statusLine: { code: 200, reasonPhrase: 'OK' },
      headers: { 'Content-Type': 'application/json' },
      body: '{"text":"晴"}',
    })
  })

  test('has a reason of its own or the usual one', () => {
    expect(graphResponse({}, { status: 404 }).statusLine).toEqual({ code: 404, reasonPhrase: 'Not Found' })
    expect(graphResponse({}, { status: 404, reason: 'No City' }).statusLine.reasonPhrase).toBe('No City')
    expect(graphResponse({}, { status: 799 }).statusLine.reasonPhrase).toBe('')
  })

  test('has one content type, in whatever case it is given', () => {
    const { headers } = graphResponse('<p>', { headers: { 'CONTENT-type': 'text/html', 'x-a': '1' } })
    expect(headers).toEqual({ 'CONTENT-type': 'text/html', 'x-a': '1' })
  })

  test('takes text as it is, and nothing for nothing', () => {
    expect(graphResponse('{"a":1}').body).toBe('{"a":1}')
    expect(graphResponse().body).toBe('')
    expect(graphResponse(null).body).toBe('null')
  })
})

describe('a request for dynamic data', () => {
  test('says which data for which card', () => {
    const { data } = frameOf('card.dynamicData')
    const request = parseDynamicDataRequest(data)
    expect({ ...request }).toEqual({
      outTrackId: 'trk_01JABC0008',
      userId: '014237781200934455',
      corpId: 'ding7f3a91c2e05b46d8',
      queries: [{ dynamicDataSourceId: 'ds_votes', constParams: { poll: '42' } }],
    })
    expect(request.raw).toBe(data)
  })

  test.each([
    ['content as an object', { content: { dynamicDataSourceQueryRequests: [{ dynamicDataSourceId: 'ds' }] } }],
    ['no content', { dynamicDataSourceQueryRequests: [{ dynamicDataSourceId: 'ds', constParams: null }, {}, 7] }],
  ])('is read with %s', (_, raw) => {
    expect(parseDynamicDataRequest(raw).queries).toEqual([{ dynamicDataSourceId: 'ds', constParams: {} }])
  })

  test.each([[undefined], [null], ['x'], [{ content: '{' }]])('that is %j asks for nothing', raw => {
    expect(parseDynamicDataRequest(raw).queries).toEqual([])
  })
})

test.each([
  [
    'an object, its values as text',
    { yes: 3, names: ['a'], open: true, gone: undefined },
    'OBJECT',
    '{"yes":"3","names":"[\\"a\\"]","open":"true"}',
  ],
  ['an array', [{ a: 1 }], 'ARRAY', '[{"a":1}]'],
  ['text', 'hi', 'STRING', 'hi'],
  ['a number', 5, 'STRING', '5'],
  ['nothing', undefined, 'STRING', ''],
])('the answer with dynamic data takes %s', (_, data, dynamicDataValueType, text) => {
  expect(dynamicDataResponse([{ dynamicDataSourceId: 'ds', data }])).toEqual({
    dataSourceQueryResponses: [{ dynamicDataSourceId: 'ds', dynamicDataValueType, data: text }],
  })
})

test('the answer with dynamic data takes JSON text with its type', () => {
  const answer = dynamicDataResponse([{ dynamicDataSourceId: 'ds', data: '{"a":1}', dynamicDataValueType: 'OBJECT' }])
  expect(answer.dataSourceQueryResponses[0]).toMatchObject({ dynamicDataValueType: 'OBJECT', data: '{"a":1}' })
})

test.each(framesOf('graph.', 'card.dynamicData'))('$name survives whatever happens to its fields', ({ data }) => {
  const survives = (raw: unknown): void => {
    const before = JSON.stringify(raw)
    const request = parseGraphRequest(raw)
    equal(request.raw, raw)
    equal(typeof request.body, 'string')
    ok(
      Object.entries(request.headers).every(
        ([name, value]) => name === name.toLowerCase() && typeof value === 'string',
      ),
    )
    const { queries, raw: payload } = parseDynamicDataRequest(raw)
    equal(payload, raw)
    ok(queries.every(({ dynamicDataSourceId }) => typeof dynamicDataSourceId === 'string'))
    equal(JSON.stringify(raw), before)
    equal(typeof JSON.stringify({ request }), 'string')
  }
  fc.assert(fc.property(mutationsOf(data), survives), { numRuns: 500 })
})
