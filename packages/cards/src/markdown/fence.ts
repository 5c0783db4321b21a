/** A block of code that a text has opened and not closed. */
export interface OpenFence {
  /** The line that opened it, to open it again with. */
  readonly open: string
  /** The line that closes it. */
  readonly close: string
}

/** The fence that is open after a text, if one is (CommonMark 4.5). */
export function fenceAfter(text: string): OpenFence | undefined {
  let fence: OpenFence | undefined
  for (const line of text.split('\n')) {
    const [, indent = '', mark = '', rest = ''] = /^( {0,3})(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    if (mark === '') continue
    if (!fence) {
      // The info after backticks has none itself: else it is a piece of code in a line.
      if (mark.startsWith('~') || !rest.includes('`')) fence = { open: line, close: indent + mark }
    } else if (mark.startsWith(fence.close.trim()) && rest.trim() === '') fence = undefined
  }
  return fence
}
