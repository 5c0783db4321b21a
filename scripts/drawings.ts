/** `pnpm drawings`: draws the pictures of docs/architecture.md, in both languages, light and dark, into docs/pictures. */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { drawings } from './drawings/drawings.ts'

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url))

for (const { file, svg } of drawings()) {
  await writeFile(folder + file, svg)
  console.log(`docs/pictures/${file}`)
}
