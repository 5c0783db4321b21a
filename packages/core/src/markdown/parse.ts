import MarkdownIt, { type Env, type Token } from 'markdown-it'

/** A text as its lines, and what markdown-it sees in them. */
export interface Source {
  readonly lines: string[]
  /** Block tokens; those of type `inline` hold their text unparsed. */
  readonly tokens: readonly Token[]
  /** Link definitions, for parsing the inline text later. */
  readonly env: Env
}

/** A block and the lines it stands on. */
export interface Block {
  readonly type: string
  /** Its first line. */
  readonly start: number
  /** The line behind its last one that is not blank. */
  readonly end: number
  /** Where its tokens are: the opening one, and the one behind its closing one. */
  readonly from: number
  readonly to: number
}

/** Addresses stay as their author wrote them: what a person says by a click (`dtmd:`) is in there. */
export const asWritten = (address: string): string => address

const blockParser = new MarkdownIt({ html: true }).disable('inline')
const parserWithoutHtml = new MarkdownIt({ html: false }).disable('inline')
blockParser.normalizeLink = asWritten

/**
 * Parses the blocks of `text`, whose line ends become `\n` as DingTalk's JSON has them.
 *
 * @param options.html whether there are blocks of HTML, or only text that looks like it. Default true.
 */
export function parseBlocks(text: string, { html = true }: { readonly html?: boolean } = {}): Source {
  const normal = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const env: Env = {}
  return { lines: normal.split('\n'), tokens: (html ? blockParser : parserWithoutHtml).parse(normal, env), env }
}

/** The blocks directly inside the tokens `from` to `to`; all of the text when these are left out. */
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

// markdown-it counts the blank lines behind a list into the list.
function lastLine(source: Source, start: number, end: number): number {
  let last = Math.min(end, source.lines.length)
  while (last > start + 1 && isBlank(source.lines[last - 1])) last--
  return last
}

/** Whether there is nothing on the line but spaces and tabs. */
export function isBlank(line: string | undefined): boolean {
  return line === undefined || /^[ \t]*$/.test(line)
}
