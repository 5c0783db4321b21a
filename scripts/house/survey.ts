import { PACKAGES, type PackageName, ROWS } from './districts.ts'
import { readSources, type SourceFile } from './imports.ts'

/** How the rooms of a package hang together. */
export interface Survey {
  readonly rooms: readonly string[]
  /** Rows of rooms that are really stacked: the longest way of imports from the top down. */
  readonly floors: number
  /** `from → to`, for each two rooms of which one imports the other. */
  readonly arrows: readonly string[]
  /** Imports of files against the order of the rooms, or into a room that has no row. */
  readonly upward: readonly string[]
  /** Rooms, and files, that import each other in a ring. */
  readonly roomCircles: readonly (readonly string[])[]
  readonly fileCircles: readonly (readonly string[])[]
  /** Imports of packages of ours that this one must not know. */
  readonly strangers: readonly string[]
  readonly files: readonly SourceFile[]
}

/** Reads the imports of a package, and holds them against the order of its rooms; or those within one of its folders. */
export async function survey(name: PackageName, folder = '', rows = ROWS[name]): Promise<Survey> {
  const files = within(folder, await readSources(name))
  const rowOf = new Map(rows.flatMap((rooms, row) => rooms.map(room => [room, row] as const)))
  const crossings = files.flatMap(({ path, files }) =>
    files.filter(imported => roomOf(imported) !== roomOf(path)).map(imported => [path, imported] as const),
  )
  const rooms = [...new Set(files.map(({ path }) => roomOf(path)))]
  const links = new Map(rooms.map(room => [room, new Set<string>()]))
  for (const [from, to] of crossings) links.get(roomOf(from))?.add(roomOf(to))
  const isUpward = (from: string, to: string): boolean => {
    const [high, low] = [rowOf.get(roomOf(from)), rowOf.get(roomOf(to))]
    return high === undefined || low === undefined || low >= high
  }
  const known: readonly string[] = PACKAGES[name].map(other => `@dingware/${other}`)
  return {
    rooms,
    floors: Math.max(0, ...rooms.map(room => heightOf(room, links))),
    arrows: [...links].flatMap(([from, targets]) => [...targets].map(to => `${from} → ${to}`)),
    upward: crossings.filter(([from, to]) => isUpward(from, to)).map(([from, to]) => `${from} → ${to}`),
    roomCircles: circlesOf(links),
    fileCircles: circlesOf(new Map(files.map(({ path, files }) => [path, new Set(files)]))),
    strangers: files.flatMap(({ path, modules }) =>
      modules
        .filter(module => module.startsWith('@dingware/') && !known.includes(module) && !isSubpath(module, known))
        .map(module => `${path} → ${module}`),
    ),
    files,
  }
}

/** The files of a folder, and their imports of each other, as if there were no others. */
function within(folder: string, files: readonly SourceFile[]): readonly SourceFile[] {
  if (folder === '') return files
  const inside = (paths: readonly string[]): string[] =>
    paths.filter(path => path.startsWith(`${folder}/`)).map(path => path.slice(folder.length + 1))
  return files.flatMap(file => inside([file.path]).map(path => ({ ...file, path, files: inside(file.files) })))
}

const isSubpath = (module: string, known: readonly string[]): boolean =>
  known.some(name => module.startsWith(`${name}/`))

const roomOf = (path: string): string => path.split('/')[0] ?? path

type Links = ReadonlyMap<string, ReadonlySet<string>>

/** How many rooms are on the longest way down from this one, itself included; a ring is gone through once. */
function heightOf(room: string, links: Links, above: ReadonlySet<string> = new Set()): number {
  const below = [...(links.get(room) ?? [])].filter(next => !above.has(next) && next !== room)
  const way = new Set([...above, room])
  return 1 + Math.max(0, ...below.map(next => heightOf(next, links, way)))
}

/** The rings of a graph, as sets of nodes from each of which all others can be reached (Tarjan). */
export function circlesOf(links: Links): string[][] {
  const circles: string[][] = []
  const index = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const visit = (node: string): number => {
    let low = index.size
    index.set(node, low)
    stack.push(node)
    for (const next of links.get(node) ?? []) {
      if (!index.has(next)) low = Math.min(low, visit(next))
      else if (stack.includes(next)) low = Math.min(low, index.get(next) ?? low)
    }
    lowest.set(node, low)
    if (low === index.get(node)) {
      const ring = stack.splice(stack.indexOf(node))
      if (ring.length > 1 || links.get(node)?.has(node)) circles.push(ring.toSorted())
    }
    return low
  }
  for (const node of links.keys()) if (!index.has(node)) visit(node)
  return circles
}
