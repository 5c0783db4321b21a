import { useState } from 'preact/hooks'

/** A choice that outlives the tab. */
export function useStored(key: string, initial: string): [string, (value: string) => void] {
  const [value, setValue] = useState(() => readStored(key) ?? initial)
  const store = (next: string) => {
    setValue(next)
    writeStored(key, next)
  }
  return [value, store]
}

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
