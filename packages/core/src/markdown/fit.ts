import { brBreaks, padBreaks } from './breaks.ts'
import { createEdits, type Edits } from './edits.ts'
import { harmlessHtml } from './html.ts'
import { plainMarkers, unnestNumbers } from './lists.ts'
import { parseBlocks, type Source } from './parse.ts'
import { plainTables, spaceBlocks } from './spacing.ts'

/** Where the markdown is to be shown: in a message of its own, or in a card. */
export type MarkdownDialect = 'im' | 'card'

const DIALECTS: Record<MarkdownDialect, readonly ((source: Source, edits: Edits) => void)[]> = {
  im: [plainMarkers, plainTables, spaceBlocks, padBreaks],
  card: [unnestNumbers, spaceBlocks, brBreaks],
}

/**
 * Makes markdown fit for DingTalk, which shows less of it than other places do, and differently in messages and cards.
 * Code stays untouched, and so does all that need not be changed. Doing it twice changes nothing more.
 *
 * - Line breaks inside a paragraph become real ones: two spaces on either side in messages, `<br>` in cards.
 * - Tables and numbered lists get a blank line before them, tables one behind them too.
 * - In messages the columns of tables become `:-:`, bullets `-`, and `1)` becomes `1.`.
 * - In messages HTML is shown as text, but for `<br>` and `<font color=… size=… face=…>`, which DingTalk knows.
 * - In cards numbered lists inside lists become bullets.
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
