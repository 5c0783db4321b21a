import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'

/** Where a program of the PATH lies. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map(folder => `${folder}/${name}`).find(existsSync)
}
