import { parseBlocks } from './parse.ts'

/** The tags that messages show (timonwong/prometheus-webhook-dingtalk#82, on devices), with none but their attributes. */
const KNOWN =
  /<br *\/?>|<\/font *>|<font(?:\s+(?:color|size|face|sizeToken|colorToken(?:V2)?)\s*=\s*(?:"[^"<>\n]*"|'[^'<>\n]*'|[^\s"'=<>`]+))*\s*>/
/** Addresses in angle brackets are markdown, not HTML. */
const ADDRESS = /<(?:(?:https?|ftp|mailto|tel|dingtalk|dtmd):[^\s<>`]*|[\w.+-]{1,64}@[\w.-]{1,255})>/
/** What a person says by a click goes to the bot as it stands in the link. */
const SAYING = /\]\(dtmd:[^)\n]*\)/
const ESCAPED = /\\[!-/:-@[-`{-~]/
/** What clients may take for a tag, whether or not it ever ends; the author's own backslash is not known to help. */
const TAG = /\\?<(?=[a-z/!?])/

const STEP = new RegExp(
  `(?<tick>\`+)|(?<kept>${[SAYING, KNOWN, ADDRESS].map(({ source }) => source).join('|')})|(?<tag>${TAG.source})|${ESCAPED.source}`,
  'gi',
)

/**
 * Makes text of the HTML in markdown, but for the tags that DingTalk knows: the client for computers runs what it does not
 * know, and those for phones show such a message empty. As `&lt;` it was seen to be shown by all of them
 * (eryajf/chatgpt-dingtalk#213). Code stays as it is: in it `&lt;` would show (eryajf/chatgpt-dingtalk#222).
 */
export function harmlessHtml(markdown: string): string {
  if (!/<[a-z/!?]/i.test(markdown)) return markdown
  // Read as if there were no HTML: so it will be.
  const { lines, tokens } = parseBlocks(markdown, { html: false })
  const ends = new Map<number, number>()
  const code = new Set<number>()
  const rows = new Set<number>()
  for (const { type, map } of tokens) {
    if (!map) continue
    if (type === 'fence' || type === 'code_block') for (let line = map[0]; line < map[1]; line++) code.add(line)
    if (type === 'tr_open') rows.add(map[0])
    if (type === 'inline') ends.set(map[0], map[1])
  }
  const shown: string[] = []
  for (let line = 0; line < lines.length; ) {
    const end = ends.get(line) ?? line + 1
    const text = lines.slice(line, end).join('\n')
    // Code within a line ends with its cell.
    if (rows.has(line))
      shown.push(
        text
          .split(/(?<!\\)\|/)
          .map(withoutTags)
          .join('|'),
      )
    else shown.push(code.has(line) ? text : withoutTags(text))
    line = end
  }
  return shown.join('\n')
}

/** A stretch of text, such as a paragraph, without tags outside its code. */
function withoutTags(text: string): string {
  const endOfCode = codeIn(text)
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

/** Tells where the code ends that begins with a run of backticks: with the next one of the same length. Asked in order. */
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
