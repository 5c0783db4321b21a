import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { constantAck, encodeAck, later, parseFrame } from './frame.ts'

const headers = { topic: '/x', messageId: 'm1' }

describe('parseFrame', () => {
  test('never throws, whatever text comes', () => {
    const property = fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), text => {
      expect(parseFrame(text)).toBeTypeOf('object')
    })
    fc.assert(property, { numRuns: 2_000 })
  })

  test('never throws, whatever JSON stands where a frame should', () => {
    const anything = fc.jsonValue()
    const frames = fc.record(
      { type: anything, headers: anything, header: anything, data: anything, specVersion: anything },
      { requiredKeys: [] },
    )
    const property = fc.property(frames, raw => {
      const frame = parseFrame(JSON.stringify(raw))
      if ('problem' in frame) {
        expect(frame.problem).toMatch(/missing or wrong/)
        return
      }
      expect(frame.type).toBeTypeOf('string')
      expect(frame.headers.topic).toBeTypeOf('string')
      expect(['string', 'undefined']).toContain(typeof frame.headers.messageId)
    })
    fc.assert(property, { numRuns: 2_000 })
  })

  test('reads back every frame that has a type and a topic, with all its headers', () => {
    const extras = fc.dictionary(fc.string(), fc.jsonValue())
    const property = fc.property(fc.string(), fc.string(), extras, fc.json(), (type, topic, extras, data) => {
      const raw = { type, headers: { ...extras, topic, messageId: 'm1' }, data }
      const parsed = JSON.parse(JSON.stringify(raw))
      expect(parseFrame(JSON.stringify(raw))).toEqual({ type, headers: parsed.headers, data })
    })
    fc.assert(property)
  })

  test('does not let a frame reach into prototypes', () => {
    const frame = parseFrame('{"type":"CALLBACK","headers":{"topic":"/x","__proto__":{"polluted":1}}}')
    expect('polluted' in {}).toBe(false)
    expect('problem' in frame || frame.headers.topic).toBe('/x')
  })

  test.each(['headers', 'header'])('takes `%s`', name => {
    expect(parseFrame(JSON.stringify({ type: 'EVENT', [name]: headers, data: '{}' }))).toEqual({
      type: 'EVENT',
      headers,
      data: '{}',
    })
  })

  test.each([[5], [null], [{}]])('takes a messageId of %j for none', messageId => {
    const frame = parseFrame(JSON.stringify({ type: 'EVENT', headers: { topic: '*', messageId } }))
    expect(frame).toMatchObject({ headers: { messageId: undefined } })
  })
})

describe('constantAck', () => {
  test('is the same answer, however often it is sent', () => {
    const property = fc.property(
      fc.string(),
      fc.option(fc.integer(), { nil: 200 }),
      fc.jsonValue(),
      (id, code, data) => {
        const text = encodeAck(id, { code, data })
        const constant = constantAck({ code, data })
        for (let i = 0; i < 2; i++) expect(encodeAck(id, constant)).toBe(text)
        expect(constant).toEqual({ code, data })
        // A copy may be changed.
        expect(encodeAck(id, { ...constant, code: 1 })).toBe(encodeAck(id, { code: 1, data }))
      },
    )
    fc.assert(property)
  })

  test('takes what is frozen, and leaves it as it is', () => {
    const ack = Object.freeze({ code: 200 })
    expect(encodeAck('m1', constantAck(constantAck(ack)))).toBe(encodeAck('m1', ack))
    expect(Reflect.ownKeys(ack)).toEqual(['code'])
  })

  test('refuses data that has no JSON where it is made', () => {
    expect(() => constantAck({ data: { big: 1n } })).toThrow(TypeError)
  })
})

describe('encodeAck', () => {
  const decode = (...args: Parameters<typeof encodeAck>) => JSON.parse(encodeAck(...args))

  test('says 200 and OK by default', () => {
    expect(decode('m1')).toEqual({
      code: 200,
      headers: { contentType: 'application/json', messageId: 'm1' },
      message: 'OK',
      data: '{"response":null}',
    })
  })

  test('sends text as it is and anything else as its JSON, always as a string', () => {
    expect(decode('m1', { data: '{"opaque":"a"}' }).data).toBe('{"opaque":"a"}')
    expect(decode('m1', later('busy')).data).toBe('{"status":"LATER","message":"busy"}')
    expect(decode('m1', { data: null }).data).toBe('null')
    expect(decode('m1', { data: () => {} }).data).toBe('null')
  })

  test('is one text frame that reads back, whatever stands in it', () => {
    const property = fc.property(fc.string(), fc.string(), fc.jsonValue(), (messageId, message, data) => {
      const ack = decode(messageId, { message, data })
      expect(ack).toMatchObject({ headers: { messageId }, message })
      expect(ack.data).toBe(typeof data === 'string' ? data : JSON.stringify(data))
    })
    fc.assert(property)
  })
})
