import type { AtUser } from './base.ts'
import type { Piece } from './pieces.ts'

/** Possible mention: `@` (or its full-width form) and a name. */
interface Candidate {
  readonly piece: number
  readonly from: number
  readonly to: number
  readonly name: string
  /** True if it has a node of its own, as the platform sends mentions. */
  readonly isWhole: boolean
  /** True for a single word in a node of its own beside other words, since only mentions are separated like that. */
  readonly isSure?: boolean
}

export interface Mentioned {
  readonly botId?: string | undefined
  /** People mentioned besides the bot. */
  readonly others: readonly AtUser[]
}

/**
 * Removes the mention of the bot from a rich text that mentions it. The platform tells neither the bot's name nor its
 * node, so it is found by these rules:
 *
 * 1. Mentions are text nodes of their own, without a style; names may hold blanks (dingtalk-openclaw-connector and
 * AstrBot#9389, captured). If joined to other text (multica), a name ends at a blank or punctuation mark. 2. A mention
 * at the beginning is the bot, since people address it first; else the one at the end, else the first one. Mentions
 * with nodes of their own come before text that may just have been typed (`@Override 是什么`), except before a command. 3.
 * Anywhere but at the beginning, there has to be one more name than other people are mentioned.
 *
 * Addresses such as `me@corp.example`, `@all`, and all other names are kept.
 */
export function withoutBotMention(pieces: readonly Piece[], mentioned: Mentioned): readonly Piece[] {
  const candidates = pieces.flatMap((piece, i) => candidatesIn(pieces, piece, i, mentioned.others))
  const name = nameOfBot(pieces, candidates, mentioned)
  if (name === undefined) return pieces
  return cutOut(
    pieces,
    candidates.filter(candidate => candidate.name === name),
  )
}

/**
 * Adds blanks between mentions that have nodes of their own and the words behind them, since clients show these apart.
 * For quoted texts, from which no mention is removed because it is unknown whom they mean.
 */
export function withMentionsApart(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, i) => {
    const isMention = candidatesIn(pieces, piece, i, []).some(({ isWhole }) => isWhole)
    const isInAddress = /\w$/.test(pieces[i - 1]?.text ?? '')
    const isGlued = !/\s$/.test(piece.text) && /^[\p{L}\p{N}/／]/u.test(pieces[i + 1]?.text ?? '')
    return isMention && isGlued && !isInAddress ? { ...piece, text: `${piece.text} ` } : piece
  })
}

function nameOfBot(
  pieces: readonly Piece[],
  candidates: readonly Candidate[],
  { botId, others }: Mentioned,
): string | undefined {
  const known = candidates.find(({ piece }) => botId !== undefined && pieces[piece]?.mention === botId)
  const first = candidates[0]
  if (known || !first) return known?.name
  const text = pieces[first.piece]?.text ?? ''
  const told = pieces.filter(({ mention }) => mention !== undefined && isAmong(others, mention))
  const isOneMore = (some: readonly Candidate[]): boolean =>
    new Set(some.map(({ name }) => name)).size > others.length - told.length
  const isSurelyFirst = first.isWhole || COMMAND_BEHIND.test(text.slice(first.to))
  const isFirst = isBlank(pieces.slice(0, first.piece)) && text.slice(0, first.from).trim() === ''
  if (isFirst && (isSurelyFirst || !isOneMore(candidates.filter(({ isSure }) => isSure)))) return first.name
  const whole = candidates.filter(({ isWhole }) => isWhole)
  const likely = whole.length > 0 ? whole : candidates
  if (!isOneMore(likely)) return undefined
  const last = likely.at(-1)
  const isLast = last && isBlank(pieces.slice(last.piece + 1)) && !pieces[last.piece]?.text.slice(last.to).trim()
  return (isLast ? last : likely[0])?.name
}

function isBlank(pieces: readonly Piece[]): boolean {
  return pieces.every(({ text }) => text.trim() === '')
}

/** A name ends at a character that names do not contain. */
const NAME = String.raw`[^\s@＠/／,;:!?，。；：！？、…]+`
const ONLY_NAME = new RegExp(`^[@＠]${NAME}$`, 'u')
/** After a blank, or directly after a character such as `你`; neither is the case in `me@corp.example`. */
const INLINE = new RegExp(String.raw`(?<=^|\s|[^\p{ASCII}])[@＠]${NAME}`, 'gu')
const EVERYBODY = /^[@＠](?:all|everyone|所有人)$/iu

function candidatesIn(pieces: readonly Piece[], piece: Piece, i: number, others: readonly AtUser[]): Candidate[] {
  const { text, mention, isPlainNode } = piece
  const whole = (): Candidate => {
    const isSure = ONLY_NAME.test(text.trim()) && isSetApart(pieces, i)
    return { piece: i, from: 0, to: text.length, name: nameIn(text), isWhole: true, isSure }
  }
  if (mention !== undefined) return text === '' || isAmong(others, mention) ? [] : [whole()]
  if (!isPlainNode || !/[@＠]/.test(text) || EVERYBODY.test(text.trim())) return []
  if (isRightBeforeCommand(pieces, text, i) || isNameAlone(pieces, text, i)) return [whole()]
  const named = i === 0 || isBlank(pieces.slice(0, i)) ? BEFORE_COMMAND.exec(text) : null
  if (named) {
    const [all, name = ''] = named
    return [{ piece: i, from: all.length - name.length, to: all.length, name: nameIn(name), isWhole: false }]
  }
  return [...text.matchAll(INLINE)].flatMap(({ 0: words, index: from }) => {
    const [to, name] = [from + words.length, nameIn(words)]
    return EVERYBODY.test(name) || isPartOfWords(text, from, to) ? [] : [{ piece: i, from, to, name, isWhole: false }]
  })
}

function nameIn(words: string): string {
  return words.trim().replace(/^＠/, '@')
}

function isAmong(others: readonly AtUser[], id: string): boolean {
  return id !== '' && others.some(({ staffId, dingtalkId, unionId }) => [staffId, dingtalkId, unionId].includes(id))
}

/**
 * True for an `@` directly after a character where the end of the name is unclear: in `帮助@bot` the name ends with its
 * script, but not in `请@小助看看` and `写给张三@corp.example`.
 */
function isPartOfWords(text: string, from: number, to: number): boolean {
  if (from === 0 || /\s/.test(text.charAt(from - 1))) return false
  return !/^[@＠][\w-]+$/.test(text.slice(from, to)) || !(to === text.length || /\s/.test(text.charAt(to)))
}

/** Maximum length of a name; longer text is a sentence. */
const LONGEST_NAME = 32

/**
 * True if a node is a mention and nothing else. `@My Helper` may be a name, or a name with a word behind it. Beside
 * another text node it is one name, since the platform would not separate text of equal style. Beside a picture it is
 * one if it has two words and ends with the blank that clients put behind a mention.
 */
function isNameAlone(pieces: readonly Piece[], text: string, i: number): boolean {
  const name = text.trim()
  if (name.length > LONGEST_NAME) return false
  const words = name.split(/\s/)
  if (words.length > 4 || !ONLY_NAME.test(words.join(''))) return false
  if (words.length === 1) return true
  const after = pieces.slice(i + 1).find(isThere)
  if (isSetApart(pieces, i)) return true
  if (after?.isPlainNode && /^\s*[/／]/.test(after.text)) return true
  return after?.isMedia === true && words.length === 2 && /\s$/.test(text)
}

/**
 * True if the node is beside other words, so that it ends where the name does. Line breaks and other mentions do not
 * count, as they would be separate nodes anyway.
 */
function isSetApart(pieces: readonly Piece[], i: number): boolean {
  const beside = [pieces.slice(0, i).findLast(isNode), pieces.slice(i + 1).find(isNode)]
  return beside.some(
    piece => piece?.isPlainNode && !/^\s*\n\s*$/.test(piece.text) && !ONLY_NAME.test(piece.text.trim()),
  )
}

/** Leaves out the breaks between the blocks of a card. */
function isNode(piece: Piece): boolean {
  return piece.isPlainNode === true || isThere(piece)
}

/** One line that begins with `@`, without a second mention or a command. */
const ANY_NAME = /^\s*[@＠](?!\s)(?:(?!\s[@＠/／])[^\n])+$/u

/** True right before a command: only a mention is separated from that, so its name may hold anything. */
function isRightBeforeCommand(pieces: readonly Piece[], text: string, i: number): boolean {
  if (!ANY_NAME.test(text)) return false
  const next = pieces.slice(i + 1).find(piece => isThere(piece) || piece.text.includes('\n'))
  return next?.isPlainNode === true && /^[^\S\n]*[/／]\S/.test(next.text)
}

const COMMAND_BEHIND = /^\s+[/／]\S/
const BEFORE_COMMAND = new RegExp(String.raw`^\s*([@＠]${NAME}(?:[^\S\n]${NAME}){1,3})(?=\s+[/／]\S)`, 'u')

function isThere({ text, isMedia }: Piece): boolean {
  return isMedia === true || text.trim() !== ''
}

/** Removes the mentions and closes the gaps: two blanks become one, and words do not run together. */
function cutOut(pieces: readonly Piece[], candidates: readonly Candidate[]): readonly Piece[] {
  const kept: Piece[] = []
  for (const [i, piece] of pieces.entries()) {
    let from = 0
    for (const gap of candidates.filter(({ piece: at }) => at === i)) {
      const rest = piece.text.slice(from, gap.from)
      kept.push({ ...piece, text: rest }, GAP)
      from = gap.to
    }
    kept.push(from === 0 ? piece : { ...piece, text: piece.text.slice(from) })
  }
  return closeGaps(kept)
}

const GAP: Piece = { text: '' }

function closeGaps(pieces: readonly Piece[]): readonly Piece[] {
  let before = ''
  let isAfterGap = false
  return pieces.flatMap(piece => {
    if (piece === GAP) isAfterGap = true
    if (piece.text === '') return piece.isMedia ? [piece] : []
    let { text } = piece
    if (isAfterGap && /^$|\s$/.test(before)) text = text.replace(/^[^\S\n]+/, '')
    else if (isAfterGap && /\w$/.test(before) && /^[\w/]/.test(text)) text = ` ${text}`
    isAfterGap &&= text === ''
    before = text || before
    return [{ ...piece, text }]
  })
}
