import { readFile, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import * as v from 'valibot'
import { noticesOf } from './notices.ts'
import type { Parcel } from './parcel.ts'

/** Makes one file of JavaScript for each entry, and chunks of what they share or load later. */
export async function bundleCode({ folder, entries, programs, external }: Parcel): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: { ...entries, ...programs },
    outdir: 'dist',
    // All beside each other: a source that asks for its own address has to know how far `dist` is.
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: [...external],
    // The maps lead to `src`, which is published, too.
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  const maps = Object.keys(metafile.outputs).filter(file => file.endsWith('.map'))
  await Promise.all(maps.map(file => hideForeignSources(`${folder}/${file}`)))
  const notices = await noticesOf(folder, Object.keys(metafile.inputs))
  if (notices !== '') await writeFile(`${folder}/dist/THIRD-PARTY-NOTICES.txt`, notices)
}

/** Takes bundled libraries out of a source map, by `null` (ECMA-426): their sources are not published with ours. */
async function hideForeignSources(file: string): Promise<void> {
  const map = v.parse(sourceMap, JSON.parse(await readFile(file, 'utf8')))
  const sources = map.sources.map(source => (source?.includes('node_modules/') ? null : source))
  await writeFile(file, JSON.stringify({ ...map, sources }))
}

const sourceMap = v.looseObject({ sources: v.array(v.nullable(v.string())) })
