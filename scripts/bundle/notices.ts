import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

const manifest = v.object({ name: v.string(), version: v.string(), license: v.string() })

/** Names and licences of the libraries that went into a bundle; `''` if none did. */
export async function noticesOf(folder: string, inputs: readonly string[]): Promise<string> {
  const libraries = new Set(inputs.flatMap(input => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []))
  const notices = await Promise.all([...libraries].map(library => noticeOf(join(folder, library))))
  if (notices.length === 0) return ''
  return ['The files of this folder hold code of these libraries.', ...notices.toSorted()].join(
    `\n\n${'-'.repeat(80)}\n\n`,
  )
}

async function noticeOf(library: string): Promise<string> {
  const { name, version, license } = v.parse(
    manifest,
    JSON.parse(await readFile(join(library, 'package.json'), 'utf8')),
  )
  const file = (await readdir(library)).find(it => /^licen[cs]e/i.test(it))
  // Without its text it may not be passed on.
  if (!file) throw new Error(`${name} goes into a bundle, but its folder has no licence text.`)
  return `${name} ${version} (${license})\n\n${(await readFile(join(library, file), 'utf8')).trim()}`
}
