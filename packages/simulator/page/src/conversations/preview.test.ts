import { expect, test } from 'vitest'
import type { PageContent } from '../../../src/page/protocol.ts'
import { en } from '../i18n/en.ts'
import { previewOf } from './preview.ts'

const card = (variables: Record<string, string>): PageContent => ({
  kind: 'card',
  outTrackId: 'o',
  templateId: 't',
  variables,
  privateVariables: {},
  calls: true,
})

test.each<[PageContent, string]>([
  [{ kind: 'text', text: ' one\n\n  two ' }, 'one two'],
  [{ kind: 'markdown', title: '日报', text: '# long' }, '日报'],
  [card({ title: 'Build', markdown: 'ok' }), '[Card] Build'],
  [card({ markdown: 'ok' }), '[Card] ok'],
  [card({}), '[Card]'],
  [card({ msgTitle: 'Answer', msgContent: 'long' }), '[Card] Answer'],
  [{ kind: 'richText', parts: [{ text: 'see' }, { picture: { name: 'a.png' } }, { at: 'Lin' }] }, 'see [Picture] @Lin'],
  [{ kind: 'image', picture: { name: 'a.png' } }, '[Picture]'],
  [{ kind: 'file', file: { name: 'a.pdf' } }, '[File] a.pdf'],
  [{ kind: 'audio', file: { name: 'a' }, seconds: 1, recognition: 'hello' }, '[Voice] hello'],
  [{ kind: 'link', title: 'News', text: 'x', url: 'x' }, '[Link] News'],
  [{ kind: 'other', msgtype: 'link', body: {} }, '[link]'],
])('%j is previewed as %j', (content, words) => {
  expect(previewOf(content, en)).toBe(words)
})

test('a long text is cut', () => {
  expect(previewOf({ kind: 'text', text: 'x'.repeat(20_000) }, en)).toHaveLength(80)
})
