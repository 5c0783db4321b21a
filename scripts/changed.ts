import { readdir, stat } from 'node:fs/promises'

/** Milliseconds since the epoch of the latest change to a source in this folder; tests and installed packages aside. */
export async function newest(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true })
  const sources = files.filter(file => !file.includes('node_modules') && !file.includes('.test.'))
  return Math.max(...(await Promise.all(sources.map(file => changedAt(`${folder}/${file}`)))))
}

/** Milliseconds since the epoch; 0 for what is not there. */
export async function changedAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}
