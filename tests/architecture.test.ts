import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { drawings } from '../scripts/drawings/drawings.ts'
import { en } from '../scripts/drawings/texts/en.ts'
import type { Texts } from '../scripts/drawings/texts/texts.ts'
import { zh } from '../scripts/drawings/texts/zh.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = ['docs/architecture.md', 'docs/architecture.zh-CN.md']

test.each(drawings())('docs/pictures/$file is as `pnpm drawings` draws it', async ({ file, svg }) => {
  expect(await readFile(`${root}docs/pictures/${file}`, 'utf8')).toBe(svg)
})

describe.each(pages)('%s', async page => {
  const text = await readFile(root + page, 'utf8')
  const language = page.includes('zh-CN') ? 'zh' : 'en'

  test('shows each drawing of its language, light and dark', () => {
    const shown = [...text.matchAll(/pictures\/([\w.-]+\.svg)/g)].map(([, file]) => file)
    const drawn = drawings().map(({ file }) => file)
    expect(shown.toSorted()).toEqual(drawn.filter(file => file.includes(`.${language}.`)).toSorted())
  })

  test('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)/g), ...text.matchAll(/(?:src|srcset)="([^"]+)"/g)]
    const files = links.map(([, link = '']) => `${root}docs/${link}`)
    expect(files.length).toBeGreaterThan(15)
    expect(files.filter(file => !existsSync(file))).toEqual([])
  })
})

test('the districts in the drawing are those of the map, in its order', async () => {
  const map = await readFile(`${root}AGENTS.md`, 'utf8')
  const folders = [...map.matchAll(/^\| `packages\/core\/src\/(\w+)\/` \|/gm)].map(([, folder]) => folder)
  const rooms = en.house.rows.flatMap(({ rooms }) => rooms.map(({ name }) => name))
  expect(rooms.filter(name => !name.endsWith('.ts'))).toEqual(folders)
})

test('the drawings are the same in both languages but for their words', () => {
  expect(shapeOf(zh)).toEqual(shapeOf(en))
})

/** What does not depend on the language. */
function shapeOf({ house, ...routes }: Texts): unknown {
  return [
    house.packages.map(({ name }) => name),
    house.rows.map(({ floor, rooms }) => [floor, ...rooms.map(({ name }) => name)]),
    Object.values(routes).map(({ stops }) =>
      stops.map(({ lane, at, text = [], exits = [] }) => [lane, at, text.length, exits.length]),
    ),
  ]
}
