import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { encodeForm, type Form } from './multipart.ts'

async function decode(form: Form): Promise<FormData> {
  const { headers, body } = encodeForm(form)
  const bytes = await buffer(body)
  expect(headers['content-length']).toBe(String(bytes.length))
  return new Response(bytes, { headers: { 'content-type': headers['content-type'] } }).formData()
}

function file(fileName: string, ...content: Uint8Array[]): Form {
  return { media: { fileName, type: 'application/pdf', content } }
}

test('a file arrives with its name, its type and its bytes, and a text beside it', async () => {
  const form = await decode({ ...file('报表 1.pdf', Buffer.from('one'), Buffer.from('two')), type: 'file' })
  const media = form.get('media')
  if (!(media instanceof File)) throw new Error('no file arrived')
  expect(media.name).toBe('报表 1.pdf')
  expect(media.type).toBe('application/pdf')
  expect(await media.text()).toBe('onetwo')
  expect(form.get('type')).toBe('file')
})

test.each([
  ['quotes', 'a"; name="type', 'a%22; name=%22type'],
  ['newlines', 'a\r\nx-evil: 1\r\n\r\nb', 'a%0D%0Ax-evil: 1%0D%0A%0D%0Ab'],
  ['NUL', 'a.pdf\0.png', 'a.pdf.png'],
])('%s in the name of a file cannot leave it', async (_name, given, sent) => {
  const text = (await buffer(encodeForm(file(given)).body)).toString()
  expect(text).toContain(`filename="${sent}"\r\ncontent-type: application/pdf\r\n\r\n`)
  expect(text).not.toMatch(/^x-evil/m)
  expect([...(await decode(file(given))).keys()]).toEqual(['media'])
})

test('a type cannot leave its line either', async () => {
  const form: Form = { media: { fileName: 'a', type: 'text/plain\r\nx-evil: 1', content: [] } }
  expect((await buffer(encodeForm(form).body)).toString()).not.toMatch(/^x-evil/m)
})

test('a form can be sent twice', async () => {
  const form = file('a.pdf', Buffer.from('one'))
  for (const _ of [1, 2]) expect((await buffer(encodeForm(form).body)).toString()).toContain('one')
})
