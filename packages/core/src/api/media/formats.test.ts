import { DingTalkError } from '@dingware/transport'
import { expect, test } from 'vitest'
import { type Content, checkSize, fileNameFor, formatOf, type MediaType, mediaTypeOf } from './formats.ts'

test.each([
  ['png', 'a.jpg', 'png'],
  ['jpg', undefined, 'jpg'],
  ['apng', 'a.png', 'png'],
  ['m4v', 'a.m4v', 'mp4'],
  ['cfb', 'a.doc', 'doc'],
  ['cfb', 'a.xlsx', 'xlsx'],
  ['cfb', 'a.msi', 'cfb'],
  ['zip', 'a.docx', 'docx'],
  ['zip', 'a.png', 'zip'],
  ['docx', 'a.zip', 'docx'],
  [undefined, 'a.pdf', 'pdf'],
  [undefined, 'a.mp3', 'mp3'],
  [undefined, 'a.png', undefined],
  [undefined, 'a.txt', 'txt'],
  [undefined, 'a.HTM', 'html'],
  ['xml', 'a.xhtml', 'html'],
  ['xml', 'a.svg', 'xml'],
  ['opus', 'a.opus', 'ogg'],
  [undefined, undefined, undefined],
])('content %s named %s is of format %s', (content, name, format) => {
  expect(formatOf({ ext: content }, name)).toBe(format)
})

test.each<[content: Content, name: string | undefined, wanted: MediaType | undefined, type: MediaType]>([
  [{ ext: 'jpg', mime: 'image/jpeg' }, undefined, undefined, 'image'],
  [{ ext: 'amr', mime: 'audio/amr' }, undefined, undefined, 'voice'],
  [{ ext: 'opus', mime: 'audio/ogg; codecs=opus' }, 'a.opus', undefined, 'voice'],
  [{ ext: 'mp4', mime: 'video/mp4' }, undefined, undefined, 'video'],
  [{ ext: 'rar', mime: 'application/x-rar-compressed' }, undefined, undefined, 'file'],
  [{ ext: 'flac', mime: 'audio/x-flac' }, 'a.flac', undefined, 'file'],
  [{ ext: 'flac', mime: 'audio/x-flac' }, 'a.flac', 'voice', 'voice'],
  [{ ext: 'webp', mime: 'image/webp' }, 'a.webp', 'image', 'image'],
  [{ ext: 'mov', mime: 'video/quicktime' }, 'a.mov', 'video', 'video'],
  [{ ext: 'png', mime: 'image/png' }, 'a.png', 'file', 'file'],
  [{ ext: 'mp3', mime: 'audio/mpeg' }, 'a.mp3', 'file', 'file'],
  [{}, 'a.mp3', undefined, 'voice'],
  [{}, 'a.csv', undefined, 'file'],
  [{}, '周报', undefined, 'file'],
  [{}, '.env', undefined, 'file'],
  [{}, undefined, undefined, 'file'],
  [{ start: '<p>of a page</p>' }, 'a.txt', undefined, 'file'],
])('%o named %s, wanted as %s, goes as %s', (content, name, wanted, type) => {
  expect(mediaTypeOf('"a"', content, name, wanted)).toBe(type)
})

test.each<[content: Content, name: string | undefined, wanted: MediaType | undefined, problem: RegExp]>([
  [{}, 'a.html', undefined, /web page.*zip/],
  [{}, 'A.HTM', 'file', /web page/],
  [{ ext: 'xml', mime: 'application/xml' }, 'a.xhtml', 'file', /web page/],
  [{ start: '\ufeff<!-- a --> <!doctype HTML>' }, undefined, undefined, /web page/],
  [{ start: '<html lang="zh">' }, 'page', undefined, /web page/],
  [{}, 'a.png', undefined, /no format that is known.*name says otherwise/],
  [{}, 'a.txt', 'image', /no format that is known.*go as image \(jpg gif png bmp\).*'file'/],
  [{ ext: 'png', mime: 'image/png' }, 'a.png', 'voice', /png by its content.*go as voice/],
  [{ ext: 'mp4', mime: 'video/mp4' }, 'a.mp4', 'voice', /mp4 by its content/],
])('%o named %s, wanted as %s, is refused', (content, name, wanted, problem) => {
  const attempt = (): unknown => mediaTypeOf('"a"', content, name, wanted)
  expect(attempt).toThrow(expect.objectContaining({ code: 'ERR_MEDIA_FORMAT' }))
  expect(attempt).toThrow(problem)
})

test('a page that is made of nothing but comments is looked at in no time', () => {
  const start = performance.now()
  mediaTypeOf('"a"', { start: '<!---->'.repeat(10_000) }, undefined, undefined)
  expect(performance.now() - start).toBeLessThan(1_000)
})

test.each<[content: Content, name: string | undefined, type: MediaType, expected: string]>([
  [{ ext: 'png' }, 'a.jpg', 'image', 'a.png'],
  [{ ext: 'png' }, undefined, 'image', 'media.png'],
  [{ ext: 'png' }, 'a.pdf', 'file', 'a.png'],
  [{ ext: 'docx' }, 'a.zip', 'file', 'a.docx'],
  [{ ext: 'pdf' }, '合同.PDF', 'file', '合同.PDF'],
  [{ ext: 'pdf' }, '合同', 'file', '合同.pdf'],
  [{ ext: 'zip' }, 'a.xmind', 'file', 'a.xmind'],
  [{ ext: 'zip' }, 'a.pdf', 'file', 'a.pdf'],
  [{ ext: 'cfb' }, 'a.msi', 'file', 'a.msi'],
  [{ ext: 'xml' }, 'a.svg', 'file', 'a.svg'],
  [{ ext: 'gz' }, 'a.tar.gz', 'file', 'a.tar.gz'],
  [{ ext: 'tar.gz' }, 'a.tgz', 'file', 'a.tgz'],
  [{}, '周报', 'file', '周报'],
  [{}, '.env', 'file', '.env'],
  [{}, undefined, 'file', 'media'],
])('%o named %s as %s goes as %s', (content, name, type, expected) => {
  expect(fileNameFor(content, name, type)).toBe(expected)
})

test.each<[MediaType | undefined, number, string]>([
  ['image', 20, 'Make the picture smaller'],
  ['voice', 2, "give the type 'file'"],
  ['video', 20, 'bit rate'],
  ['file', 20, 'Split it'],
  [undefined, 20, 'Split it'],
])('a media of type %s may have %d MB, and the error tells both sizes and what to do', (type, mb, advice) => {
  const limit = mb * 1024 * 1024
  expect(() => checkSize('"a.pdf"', limit, type)).not.toThrow()
  const check = (): void => checkSize('"a.pdf"', limit + 1, type)
  expect(check).toThrow(DingTalkError)
  expect(check).toThrow(expect.objectContaining({ code: 'ERR_MEDIA_TOO_LARGE' }))
  for (const part of ['"a.pdf"', String(limit + 1), String(limit), `${mb} MB`, advice]) expect(check).toThrow(part)
})
