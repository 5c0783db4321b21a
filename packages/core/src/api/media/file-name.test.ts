import { expect, test } from 'vitest'
import { endingOf, nameOfDisposition, nameOfUrl, safeFileName, withEnding } from './file-name.ts'

test.each([
  ['报表 1.xlsx', '报表 1.xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\a\\b.doc', 'b.doc'],
  ['a\r\nb\0.pdf', 'ab.pdf'],
  ['cat\u202Egpj.exe', 'catgpj.exe'],
  ['half \uD83D.png', 'half .png'],
  ['..', undefined],
  ['  ', undefined],
  ['folder/', undefined],
  [undefined, undefined],
])('%j becomes %j', (given, safe) => {
  expect(safeFileName(given)).toBe(safe)
})

test('a name that is too long keeps its ending', () => {
  const name = safeFileName(`${'长'.repeat(500)}.pdf`)
  expect([...(name ?? '')]).toHaveLength(120)
  expect(name).toMatch(/长\.pdf$/)
})

test.each([
  ['a.b.PDF', 'pdf'],
  ['a', ''],
  ['a.', ''],
  ['a.not an ending', ''],
  [undefined, ''],
])('the ending of %j is %j', (name, ending) => {
  expect(endingOf(name)).toBe(ending)
})

test.each([
  ['a.png', 'png', 'a.png'],
  ['a.PNG', 'png', 'a.PNG'],
  ['photo.jpg', 'png', 'photo.png'],
  ['photo', 'png', 'photo.png'],
  ['v1.0 final report', 'pdf', 'v1.0 final report.pdf'],
])('%s with the ending %s is %s', (name, ending, result) => {
  expect(withEnding(name, ending)).toBe(result)
})

test.each([
  ['attachment; filename="a b.pdf"', 'a b.pdf'],
  ['attachment; filename=a.pdf; size=1', 'a.pdf'],
  ["attachment; filename=x.pdf; filename*=UTF-8''%E6%8A%A5%E8%A1%A8.pdf", '报表.pdf'],
  ['attachment; filename="%E6%8A%A5.pdf"', '报.pdf'],
  ['attachment; filename="50%.pdf"', '50%.pdf'],
  ['attachment; filename="a\\"b.pdf"', 'a"b.pdf'],
  ['attachment; filename="../../x.sh"', 'x.sh'],
  ["attachment; filename*=UTF-8''%ZZ; filename=a.pdf", 'a.pdf'],
  ['inline', undefined],
  [null, undefined],
])('the name in %j is %j', (disposition, name) => {
  expect(nameOfDisposition(disposition)).toBe(name)
})

test('an address names its file only where it ends like one', () => {
  expect(nameOfUrl(new URL('https://files.example/a/%E5%9B%BE.png?sig=1'))).toBe('图.png')
  expect(nameOfUrl(new URL('https://files.example/a/'))).toBeUndefined()
  expect(nameOfUrl(new URL('https://files.example/%ZZ.png'))).toBeUndefined()
})
