import type { AtUser } from './base.ts'
import type { Piece } from './piece.ts'

/** What may be a mention: `@` (full-width where it was typed so) and a name. */
interface Candidate {
  readonly piece: number
  readonly from: number
  readonly to: number
  readonly name: string
  /** It has a node for itself, as the platform sends mentions. */
  readonly isWhole: boolean
  /** One word in a node for itself, which nothing but a mention would have parted from the words beside it. */
  readonly isSure?: boolean
}

export interface Mentioned {
  readonly botId?: string | undefined
  /** Those mentioned besides the bot. */
  readonly others: readonly AtUser[]
}

/**
 * Takes the mention of the bot out of a rich text in which it is mentioned. The platform says neither what the bot is called
 * nor which node means it, so this is decided by what can be known:
 *
 * 1. Mentions are text nodes of their own, without a style, whose names may hold blanks (dingtalk-openclaw-connector and
 *    AstrBot#9389, captured). Glued to other text (multica) a name ends at a blank or a punctuation mark.
 * 2. What the text begins with is the bot: people address it first. Else it is what the text ends with, else the first.
 *    Mentions with a node of their own go before what may merely have been typed (`@Override 是什么`), a command's excepted.
 * 3. Anywhere but at the beginning, there must be a name more than other people are mentioned.
 *
 * Addresses such as `me@corp.example`, `@all`, and names that are not chosen stay where they are.
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
 * Parts mentions that have a node of their own from the words behind them, for texts of which nobody says whom they mention,
 * so that none is taken out: clients show both apart.
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

/** A name ends at what no name holds. */
const NAME = String.raw`[^\s@＠/／,;:!?，。；：！？、…]+`
const ONLY_NAME = new RegExp(`^[@＠]${NAME}$`, 'u')
/** After a blank, or right after a character such as `你`; in `me@corp.example` neither is the case. */
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

/** Right after a character: in `帮助@bot` a name ends with its script, in `请@小助看看` and `写给张三@corp.example` nobody knows. */
function isPartOfWords(text: string, from: number, to: number): boolean {
  if (from === 0 || /\s/.test(text.charAt(from - 1))) return false
  return !/^[@＠][\w-]+$/.test(text.slice(from, to)) || !(to === text.length || /\s/.test(text.charAt(to)))
}

/** Longer ones are sentences. */
const LONGEST_NAME = 32

/**
 * Whether a node is a mention and nothing else. `@My Helper` could be a name or a name with a word behind it: it is one name
 * where another text node is beside it, for the platform would not part what is written alike. Beside a picture it is one
 * when it ends with the blank that clients write behind a mention, and has two words.
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

/** A line break or a mention would be a node of its own anyway: only other words say that the node ends where the name does. */
function isSetApart(pieces: readonly Piece[], i: number): boolean {
  const beside = [pieces.slice(0, i).findLast(isNode), pieces.slice(i + 1).find(isNode)]
  return beside.some(
    piece => piece?.isPlainNode && !/^\s*\n\s*$/.test(piece.text) && !ONLY_NAME.test(piece.text.trim()),
  )
}

/** Not the breaks that the blocks of a card have between them. */
function isNode(piece: Piece): boolean {
  return piece.isPlainNode === true || isThere(piece)
}

/** One line that begins with `@`, without a second mention or a command in it. */
const ANY_NAME = /^\s*[@＠](?!\s)(?:(?!\s[@＠/／])[^\n])+$/u

/** Nothing but a mention would be parted from the command behind it, so that the name may hold anything. */
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

/** Takes candidates out and closes the gaps: two blanks become one, and words do not run together. */
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
