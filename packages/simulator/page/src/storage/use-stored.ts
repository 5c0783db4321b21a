import { useState } from 'preact/hooks'

/**
 * A choice that outlives the tab. What depends on the choice before is given as a function of it: a second key or click
 * may come before the first one is drawn.
 */
export function useStored(key: string, initial: string): [string, (next: string | Change) => void] {
  const [value, setValue] = useState(() => readStored(key) ?? initial)
  const store = (next: string | Change) =>
    setValue(before => {
      const after = typeof next === 'function' ? next(before) : next
      writeStored(key, after)
      return after
    })
  return [value, store]
}

type Change = (before: string) => string

// Storage throws where the user has forbidden it; the choice then lasts as long as the tab.
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function writeStored(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {}
}
