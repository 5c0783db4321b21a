/**
 * Puts text in the place of a part of the text, as if it were typed: the caret is behind it, and Ctrl + Z takes it back.
 * A script that sets `value` empties the list of what can be undone; `execCommand` is deprecated, and the one way not to.
 */
export function typeOver(box: HTMLTextAreaElement, start: number, end: number, text: string): void {
  box.focus()
  box.setSelectionRange(start, end)
  if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return
  box.setRangeText(text, start, end, 'end')
  box.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
