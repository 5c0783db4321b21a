import { DingTalkError } from '@dingware/transport'
import { expect, test } from 'vitest'
import { checkSize, formatOf, type MediaType, typeOfFormat, wrongFormat } from './formats.ts'

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
  [undefined, 'a.txt', undefined],
  [undefined, undefined, undefined],
])('content %s named %s is of format %s', (content, name, format) => {
  expect(formatOf(content, name)).toBe(format)
})

test.each([
  ['jpg', 'image'],
  ['amr', 'voice'],
  ['mp4', 'video'],
  ['rar', 'file'],
  ['ogg', undefined],
  [undefined, undefined],
])('format %s goes as %s', (format, type) => {
  expect(typeOfFormat(format)).toBe(type)
})

test.each<[MediaType | undefined, number, string]>([
  ['image', 20, 'Make the picture smaller'],
  ['voice', 2, 'Shorten the recording'],
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

test('an error about a format tells what it is, what is taken and what to do', () => {
  expect(wrongFormat('"a"', 'ogg', 'voice').message).toBe(
    '"a" was not uploaded: it is ogg by its content, and the platform takes only voice: amr mp3 wav. Convert it, or put it into a zip.',
  )
  expect(wrongFormat('"a"', 'png', 'file').message).toMatch(/Leave `type` out, or give 'image'\.$/)
  expect(wrongFormat('"a"', undefined, undefined).message).toMatch(
    /no format that is known.*image: .*voice: .*video: .*file: /,
  )
})
