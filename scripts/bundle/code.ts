import { readFile, writeFile } from 'node:fs/promises'
import { build, type Plugin } from 'esbuild'
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
    plugins: [withoutForeignMaps],
  })
  const notices = await noticesOf(folder, Object.keys(metafile.inputs))
  if (notices !== '') await writeFile(`${folder}/dist/THIRD-PARTY-NOTICES.txt`, notices)
}

/** Keeps bundled libraries out of the source maps: their sources are not published with ours. */
const withoutForeignMaps: Plugin = {
  name: 'without foreign maps',
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/.*\.[cm]?js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8')
      // esbuild leaves out of its own map what an input's map says comes from nowhere.
      const map = JSON.stringify({ version: 3, sources: [''], mappings: 'A' })
      const url = `data:application/json;base64,${Buffer.from(map).toString('base64')}`
      return { contents: `${code}\n//# sourceMappingURL=${url}\n`, loader: 'js' }
    })
  },
}
