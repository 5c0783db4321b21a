import { expect, test } from 'vitest'
import type { PageContent } from '../../../src/page/protocol.ts'
import { previewOf } from './preview.ts'

const card = (variables: Record<string, string>): PageContent => ({
  kind: 'card',
  outTrackId: 'o',
  templateId: 't',
  variables,
})

test.each<[PageContent, string]>([
  [{ kind: 'text', text: ' one\n\n  two ' }, 'one two'],
  [{ kind: 'markdown', title: '日报', text: '# long' }, '日报'],
  [card({ title: 'Build', markdown: 'ok' }), '[Card] Build'],
  [card({ markdown: 'ok' }), '[Card] ok'],
  [card({}), '[Card]'],
  [{ kind: 'other', msgtype: 'link', body: {} }, '[link]'],
])('%j is previewed as %j', (content, words) => {
  expect(previewOf(content, { cardPreview: '[Card]' })).toBe(words)
})

test('a long text is cut', () => {
  expect(previewOf({ kind: 'text', text: 'x'.repeat(20_000) }, { cardPreview: '' })).toHaveLength(80)
})
