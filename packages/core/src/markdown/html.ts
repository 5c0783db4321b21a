import { parseBlocks } from './parse.ts'

/**
 * Tags that messages show, with the attributes that they support (timonwong/prometheus-webhook-dingtalk#82, on
 * devices).
 */
const KNOWN =
  /<br *\/?>|<\/font *>|<font(?:\s+(?:color|size|face|sizeToken|colorToken(?:V2)?)\s*=\s*(?:"[^"<>\n]*"|'[^'<>\n]*'|[^\s"'=<>`]+))*\s*>/
/** Autolinks in angle brackets are markdown, not HTML. */
const ADDRESS = /<(?:(?:https?|ftp|mailto|tel|dingtalk|dtmd):[^\s<>`]*|[\w.+-]{1,64}@[\w.-]{1,255})>/
/** Target of a link by which a person sends a text to the bot: sent to the bot exactly as written. */
const SAYING = /\]\(dtmd:[^)\n]*\)/
const ESCAPED = /\\[!-/:-@[-`{-~]/
/**
 * Text that clients may take for a tag, whether or not it ever ends. A backslash by the author is not known to help.
 */
const TAG = /\\?<(?=[a-z/!?])/

const STEP = new RegExp(
  `(?<tick>\`+)|(?<kept>${[SAYING, KNOWN, ADDRESS].map(({ source }) => source).join('|')})|(?<tag>${TAG.source})|${ESCAPED.source}`,
  'gi',
)

/**
 * Escapes the HTML in markdown, except for tags that DingTalk supports: the desktop client runs unknown tags, and the
 * phone clients show such a message empty. Written as `&lt;` it was seen to be shown by all of them
 * (eryajf/chatgpt-dingtalk#213). Code is left as it is, since `&lt;` would show there (eryajf/chatgpt-dingtalk#222).
 */
export function harmlessHtml(markdown: string): string {
  if (!/<[a-z/!?]/i.test(markdown)) return markdown
  const source = read(markdown)
  const { lines, code, rows, ends } = source
  const shown: string[] = []
  for (let line = 0; line < lines.length; ) {
    const end = ends.get(line) ?? line + 1
    const text = lines.slice(line, end).join('\n')
    // Inline code ends with its table cell.
    if (rows.has(line))
      shown.push(
        text
          .split(/(?<!\\)\|/)
          .map(part => withoutTags(part))
          .join('|'),
      )
    else shown.push(code.has(line) ? text : withoutTags(text))
    line = end
  }
  return withoutBlocks(shown.join('\n'), source)
}

interface Reading {
  readonly lines: readonly string[]
  /** Lines of code blocks, and the first lines of these. */
  readonly code: ReadonlySet<number>
  readonly begins: ReadonlySet<number>
  /** Lines that are table rows. */
  readonly rows: ReadonlySet<number>
  /** Ends of texts with more than one line, by their first line. */
  readonly ends: ReadonlyMap<number, number>
}

/** Parses markdown with HTML read as plain text, as it will be after escaping. */
function read(markdown: string): Reading {
  const { lines, tokens } = parseBlocks(markdown, { html: false })
  const [code, begins, rows] = [new Set<number>(), new Set<number>(), new Set<number>()]
  const ends = new Map<number, number>()
  for (const { type, map } of tokens) {
    if (!map) continue
    if (type === 'fence' || type === 'code_block') {
      begins.add(map[0])
      for (let line = map[0]; line < map[1]; line++) code.add(line)
    }
    if (type === 'tr_open') rows.add(map[0])
    if (type === 'inline') ends.set(map[0], map[1])
  }
  return { lines, code, begins, rows, ends }
}

/**
 * Escapes the contents of HTML blocks. A supported tag alone on its line begins such a block, in which CommonMark sees
 * no code: so a block of code gets a blank line before it, which ends the block, and inline code is escaped.
 */
function withoutBlocks(markdown: string, { code, begins }: Reading): string {
  const { lines, tokens } = parseBlocks(markdown)
  const safe = [...lines]
  for (const { type, map } of tokens) {
    if (type !== 'html_block' || !map) continue
    for (let line = map[0]; line < map[1]; line++) {
      const text = lines[line] ?? ''
      if (begins.has(line)) safe[line] = `${/^[ \t>]*/.exec(text)?.[0].trimEnd()}\n${text}`
      else if (!code.has(line)) safe[line] = withoutTags(text, false)
    }
  }
  return safe.join('\n')
}

/** Escapes the tags outside of inline code; all tags if `hasCode` is false. */
function withoutTags(text: string, hasCode = true): string {
  const endOfCode = hasCode ? codeIn(text) : () => undefined
  let shown = ''
  let done = 0
  STEP.lastIndex = 0
  for (let step = STEP.exec(text); step; step = STEP.exec(text)) {
    const { tick, tag } = step.groups ?? {}
    if (tag !== undefined) {
      shown += `${text.slice(done, step.index)}&lt;`
      done = STEP.lastIndex
    }
    if (tick !== undefined) STEP.lastIndex = endOfCode(step.index, tick.length) ?? STEP.lastIndex
  }
  return shown + text.slice(done)
}

/**
 * Finds the end of inline code that begins with a run of backticks: the next run of the same length. Has to be asked in
 * ascending order.
 */
function codeIn(text: string): (start: number, length: number) => number | undefined {
  const starts = new Map<number, number[]>()
  for (const { index, 0: run } of [...text.matchAll(/`+/g)].reverse()) {
    const others = starts.get(run.length)
    if (others) others.push(index)
    else starts.set(run.length, [index])
  }
  return (start, length) => {
    const left = starts.get(length) ?? []
    let next = left.at(-1)
    while (next !== undefined && next < start + length) {
      left.pop()
      next = left.at(-1)
    }
    return next === undefined ? undefined : next + length
  }
}
