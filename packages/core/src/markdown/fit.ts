import { brBreaks, padBreaks } from './breaks.ts'
import { createEdits, type Edits } from './edits.ts'
import { harmlessHtml } from './html.ts'
import { plainMarkers, unnestNumbers } from './lists.ts'
import { parseBlocks, type Source } from './parse.ts'
import { plainTables, spaceBlocks } from './spacing.ts'

/** Place where markdown is shown, which decides how it has to be written: `im` for messages, `card` for cards. */
export type MarkdownDialect = 'im' | 'card'

const DIALECTS: Record<MarkdownDialect, readonly ((source: Source, edits: Edits) => void)[]> = {
  im: [plainMarkers, plainTables, spaceBlocks, padBreaks],
  card: [unnestNumbers, spaceBlocks, brBreaks],
}

/**
 * Rewrites markdown so that DingTalk shows it as intended: it supports less than other places do, and messages and
 * cards differ. `ctx.replyMarkdown` does not do it for you.
 *
 * - Line breaks inside a paragraph are kept: two spaces on either side in messages, `<br>` in cards.
 * - Tables and numbered lists get a blank line before them; tables one behind them, too.
 * - In messages table columns become `:-:`, bullets `-`, and `1)` becomes `1.`.
 * - In messages HTML is shown as text, except `<br>` and `<font color=… size=… face=…>`, which DingTalk supports.
 * - In cards numbered lists inside lists become bullets.
 *
 * Code is left untouched. Applying it twice changes nothing more.
 *
 * @param dialect default `im`
 * @example toDingTalkMarkdown('一\n二') // '一  \n  二'
 * @example toDingTalkMarkdown('一\n二', 'card') // '一<br>二'
 */
export function toDingTalkMarkdown(text: string, dialect: MarkdownDialect = 'im'): string {
  const source = parseBlocks(dialect === 'im' ? harmlessHtml(text) : text)
  const edits = createEdits(source.lines)
  for (const change of DIALECTS[dialect]) change(source, edits)
  return edits.toString()
}
