import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares in the same time wherever the first difference is, and however long the texts are. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
