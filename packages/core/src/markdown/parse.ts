import MarkdownIt, { type Env, type Token } from 'markdown-it'
import { lazy } from '../utils/lazy.ts'

/** Parsed markdown: its lines, and the block tokens of markdown-it. */
export interface Source {
  readonly lines: string[]
  /** Block tokens; those of type `inline` hold unparsed text. */
  readonly tokens: readonly Token[]
  /** Link definitions, for parsing inline text later. */
  readonly env: Env
}

/** Block with its lines and tokens. */
export interface Block {
  readonly type: string
  /** Number of its first line. */
  readonly start: number
  /** Number of the line behind its last non-blank one. */
  readonly end: number
  /** Range of its tokens: the opening one, and the one behind the closing one. */
  readonly from: number
  readonly to: number
}

/**
 * Keeps addresses as their author wrote them, among others the text of a `dtmd:` link, which a click sends to the bot.
 */
export const asWritten = (address: string): string => address

const blockParser = lazy(() => {
  const parser = new MarkdownIt({ html: true }).disable('inline')
  parser.normalizeLink = asWritten
  return parser
})
const parserWithoutHtml = lazy(() => new MarkdownIt({ html: false }).disable('inline'))

/**
 * Parses the blocks of `text`. Line ends become `\n`, as DingTalk's JSON has them.
 *
 * @param options.html false reads HTML as plain text. Default true.
 */
export function parseBlocks(text: string, { html = true }: { readonly html?: boolean } = {}): Source {
  const normal = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const env: Env = {}
  const parser = html ? blockParser() : parserWithoutHtml()
  return { lines: normal.split('\n'), tokens: parser.parse(normal, env), env }
}

/** Lists the blocks directly inside the tokens `from` to `to`; by default those of the whole text. */
export function childBlocks(source: Source, from = 0, to: number = source.tokens.length): Block[] {
  const level = source.tokens[from]?.level
  const blocks: Block[] = []
  let open = from
  for (let i = from; i < to; i++) {
    const token = source.tokens[i]
    if (token === undefined || token.level !== level) continue
    if (token.nesting === 1) open = i
    const first = token.nesting === -1 ? source.tokens[open] : token
    if (token.nesting === 1 || !first?.map) continue
    const [start, end] = first.map
    const type = token.type.replace(/_close$/, '')
    blocks.push({ type, start, end: lastLine(source, start, end), from: token.nesting === -1 ? open : i, to: i + 1 })
  }
  return blocks
}

// markdown-it counts blank lines behind a list as part of it.
function lastLine(source: Source, start: number, end: number): number {
  let last = Math.min(end, source.lines.length)
  while (last > start + 1 && isBlank(source.lines[last - 1])) last--
  return last
}

/** True if the line holds only spaces and tabs. */
export function isBlank(line: string | undefined): boolean {
  return line === undefined || /^[ \t]*$/.test(line)
}
