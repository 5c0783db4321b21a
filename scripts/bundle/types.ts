import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import type { Parcel } from './parcel.ts'

/** Makes one file of declarations for each entry of those that `tsc --build` has written into `.types`. */
export async function bundleTypes({ folder, entries, external }: Parcel): Promise<void> {
  const compiled = Object.entries(entries).map(([name, source]) => [
    name,
    `${folder}/${source.replace('./src/', '.types/').replace(/\.ts$/, '.d.ts')}`,
  ])
  const bundle = await rollup({
    input: Object.fromEntries(compiled),
    plugins: [dts()],
    external: id => id.startsWith('node:') || external.some(name => id === name || id.startsWith(`${name}/`)),
    // What else it warns of is that types which are not exported are shared by entries, as they should be.
    onLog(_level, { code, message }) {
      if (code === 'UNRESOLVED_IMPORT') throw new Error(message)
    },
  })
  await bundle.write({
    dir: `${folder}/dist`,
    format: 'es',
    entryFileNames: '[name].d.ts',
    chunkFileNames: '[name]-[hash].d.ts',
    // Projects whose compiler looks for no types by itself (`types: []`, the default since TypeScript 6) need it.
    banner: '/// <reference types="node" />',
  })
  await bundle.close()
}
