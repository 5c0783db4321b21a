import MarkdownIt, { type Env, type StateInline, type Token } from 'markdown-it'
import { lazy } from '../utils/lazy.ts'
import { asWritten } from './parse.ts'

/** Range of a text: start, and end (exclusive). */
export type Span = readonly [from: number, to: number]

/** Positions of breaks and inline elements in the text of one paragraph. */
export interface InlineMap {
  /** Offsets of line breaks: of `\n`, or of the backslash before it. Those in code and tags are left out. */
  readonly breaks: readonly number[]
  /**
   * Links, images, inline code, tags, entities, escapes: elements that lose their meaning when cut. In order, without
   * overlaps.
   */
  readonly atoms: readonly Span[]
  /** The same, plus emphasis, and HTML from a tag to its end tag. */
  readonly all: readonly Span[]
}

interface Recording {
  readonly source: string
  readonly breaks: number[]
  readonly steps: number[]
  readonly emphasis: Span[]
  /** Offset of each delimiter (`*`, `_`, `~~`). */
  readonly delimiters: number[]
}

// markdown-it gives no positions of inline tokens. A rule before all others sees each step of the parser, with its
// position.
const recordings = new WeakMap<Env, Recording>()
const inlineParser = lazy(() => {
  const parser = new MarkdownIt({ html: true })
  parser.normalizeLink = asWritten
  parser.inline.ruler.before('text', 'positions', (state, silent) => {
    const recording = recordings.get(state.env)
    // The text of an image is parsed as a source of its own, whose positions do not count here.
    if (!silent && recording && state.src === recording.source) record(state, recording)
    return false
  })
  parser.inline.ruler2.after('balance_pairs', 'positions', state => {
    const recording = recordings.get(state.env)
    if (recording && state.src === recording.source) recordEmphasis(state, recording)
    return false
  })
  return parser
})

/** Runs the inline rules over a text. */
function parseInto(tokens: Token[], text: string, env: Env): void {
  const parser = inlineParser()
  parser.inline.parse(text, parser, env, tokens)
}

function record(state: StateInline, recording: Recording): void {
  const { pos, src } = state
  if (src[pos] === '\n' || (src[pos] === '\\' && src[pos + 1] === '\n')) recording.breaks.push(pos)
  if (state.level > 0) return
  locateDelimiters(state, recording)
  recording.steps.push(pos)
}

// A run of markers is one step, and yields one delimiter for each `*`, `_` or pair of `~`.
function locateDelimiters(state: StateInline, { delimiters, steps, source }: Recording): void {
  const start = steps.at(-1) ?? 0
  const width = source[start] === '~' ? 2 : 1
  const known = delimiters.length
  for (let i = known; i < state.delimiters.length; i++) delimiters.push(start + (i - known) * width)
}

function recordEmphasis(state: StateInline, recording: Recording): void {
  locateDelimiters(state, recording)
  state.delimiters.forEach(({ end }, i) => {
    const from = recording.delimiters[i]
    const to = recording.delimiters[end]
    if (from !== undefined && to !== undefined) recording.emphasis.push([from, to + (state.src[to] === '~' ? 3 : 1)])
  })
}

/**
 * Locates breaks and inline elements in the text of a paragraph.
 *
 * @param env link definitions from `parseBlocks`
 */
export function mapInline(text: string, env: Env = {}): InlineMap {
  const own: Env = { ...env }
  const recording: Recording = { source: text, breaks: [], steps: [], emphasis: [], delimiters: [] }
  recordings.set(own, recording)
  parseInto([], text, own)
  const steps = recording.steps
    .map((from, i): Span => [from, recording.steps[i + 1] ?? text.length])
    .filter(([from, to]) => to - from > 1 && '\\&`![<*_~'.includes(text.charAt(from)))
  const atoms = text.includes('dtmd:') ? union([...steps, ...sayings(text)]) : steps
  return { breaks: recording.breaks, atoms, all: union([...atoms, ...recording.emphasis, ...elements(text, atoms)]) }
}

/** Maximum length of a label when a link is found by its address. */
const LONGEST_LABEL = 200

/**
 * Links with a `dtmd:` target, which send a text to the bot. Bots in use write that text unencoded, so that by
 * CommonMark it is no link.
 */
function sayings(text: string): Span[] {
  return [...text.matchAll(/(\]\()dtmd:[^)\n]*\)|dtmd:[^\s()<>]*/g)].map(({ index, 0: found, 1: link }): Span => {
    const start = Math.max(0, index - LONGEST_LABEL)
    const label = link === undefined ? -1 : text.slice(start, index).lastIndexOf('[')
    return [label === -1 ? index : start + label, index + found.length]
  })
}

function elements(text: string, atoms: readonly Span[]): Span[] {
  const open = new Map<string, number[]>()
  return atoms.flatMap(([from, to]): Span[] => {
    const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9-]*)/i.exec(text.slice(from, to)) ?? []
    if (name === '') return []
    const starts = open.get(name) ?? []
    open.set(name, starts)
    if (slash === '') starts.push(from)
    const start = slash === '' ? undefined : starts.pop()
    return start === undefined ? [] : [[start, to]]
  })
}

/** Parses a text into markdown-it's inline tokens. */
export function parseInline(text: string, env: Env): Token[] {
  const tokens: Token[] = []
  parseInto(tokens, text, env)
  return tokens
}

function union(spans: Span[]): Span[] {
  const merged: [number, number][] = []
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && from < last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** Finds the span that holds `offset` strictly inside. */
export function spanAround(spans: readonly Span[], offset: number): Span | undefined {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.[0] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  const span = spans[low - 1]
  return span && span[1] > offset ? span : undefined
}
