import { expect, test } from 'vitest'
import { sniff } from './sniff.ts'

async function extensionOf(...pieces: readonly (Uint8Array | string)[]): Promise<string | undefined> {
  const bytes = pieces.map(piece => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece))
  return (await sniff(bytes))?.ext
}

const signature = '\x89PNG\r\n\x1a\n'
const header = '\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89'

test.each([
  ['a picture', 'png', `${signature}${header}\0\0\0\x01IDATx`],
  ['a picture whose pixels come late', 'png', `${signature}${header}\0\0\xff\xffiCCPx`],
  ['a document', 'pdf', '%PDF-1.7'],
  ['an old Office file', 'cfb', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['a recording', 'amr', '#!AMR\n'],
  ['text', undefined, 'hello'],
  ['nothing', undefined, ''],
])('%s is %s', async (_name, extension, content) => {
  expect(await extensionOf(content)).toBe(extension)
})

test('what is known is known in whatever pieces it comes', async () => {
  expect(await extensionOf('', '%PD', '', 'F-1.7')).toBe('pdf')
})

test.each([
  ['a zip that ends early', 'PK\x03\x04\x14\0\0\0\x08\0'],
  ['a zip of an endless entry', `PK\x03\x04${'\xff'.repeat(26)}${'a'.repeat(1_000)}`],
  ['an ID3 tag of an enormous length', 'ID3\x04\0\0\x7f\x7f\x7f\x7f'],
  ['an ASF header that goes in circles', `\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9${'\0'.repeat(100)}`],
])('%s does no harm', async (_name, content) => {
  await expect(extensionOf(content)).resolves.toSatisfy(
    (value: unknown) => value === undefined || typeof value === 'string',
  )
})
