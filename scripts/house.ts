/** `pnpm house [package…]`: the rooms of the packages, what imports what, and what does so against their order. */
import { PACKAGES, type PackageName } from './house/districts.ts'
import { type Survey, survey } from './house/survey.ts'

const isPackage = (name: string): name is PackageName => Object.hasOwn(PACKAGES, name)
const asked = process.argv.slice(2)
const names = (asked.length > 0 ? asked : Object.keys(PACKAGES)).filter(isPackage)
if (asked.some(name => !isPackage(name))) {
  console.error(
    `There is no package ${asked.find(name => !isPackage(name))}: take of ${Object.keys(PACKAGES).join(', ')}.`,
  )
  process.exitCode = 2
} else {
  for (const name of names) print(name, await survey(name))
}

function print(
  name: string,
  { rooms, floors, arrows, upward, roomCircles, fileCircles, strangers, files }: Survey,
): void {
  const lines = files.reduce((sum, file) => sum + file.lines, 0)
  console.log(`${name}: ${files.length} files, ${lines} lines`)
  console.log(`  ${rooms.length} rooms on ${floors} floors, ${arrows.length} arrows between them`)
  list('against the order', upward)
  list('of packages that it must not know', strangers)
  list(
    'circles of rooms',
    roomCircles.map(ring => ring.join(' ')),
  )
  list(
    'circles of files',
    fileCircles.map(ring => ring.join(' ')),
  )
  if (asked.length > 0) for (const arrow of arrows) console.log(`  ${arrow}`)
  if (upward.length + strangers.length + roomCircles.length + fileCircles.length > 0) process.exitCode = 1
}

function list(what: string, items: readonly string[]): void {
  console.log(`  ${items.length} ${what}`)
  for (const item of items) console.log(`    ${item}`)
}
