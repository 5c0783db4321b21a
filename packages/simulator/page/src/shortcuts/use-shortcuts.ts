import { useLayoutEffect } from 'preact/hooks'
import { openNeighbour } from '../conversations/roving.ts'

/** Keys with Alt, which neither browsers nor fields use; `?` and `/` where nobody is writing. */
export function useShortcuts(actions: { readonly help: () => void; readonly workbench: () => void }): void {
  // Before it is painted: whoever sees the page can use its keys.
  useLayoutEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]') || event.ctrlKey || event.metaKey) return
      const run = event.altKey
        ? withAlt(event.code, actions)
        : isWriting(event.target)
          ? undefined
          : alone(event.key, actions)
      if (!run) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', keyDown)
    return () => removeEventListener('keydown', keyDown)
  })
}

type Actions = Parameters<typeof useShortcuts>[0]

function withAlt(code: string, { workbench }: Actions): (() => void) | undefined {
  switch (code) {
    case 'ArrowUp':
      return () => openNeighbour(-1)
    case 'ArrowDown':
      return () => openNeighbour(1)
    case 'KeyK':
      return focus('[data-testid=conversation-search]')
    case 'KeyM':
      return focus('.log')
    case 'KeyW':
      return workbench
    default:
      return undefined
  }
}

function alone(key: string, { help }: Actions): (() => void) | undefined {
  if (key === '?') return help
  return key === '/' ? focus('[data-testid=composer-input]') : undefined
}

function focus(selector: string): () => void {
  return () => document.querySelector<HTMLElement>(selector)?.focus()
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null
}
