import { THEMES, type Theme } from './canvas.ts'
import { drawHouse } from './house.ts'
import { drawRoute } from './route.ts'
import { en } from './texts/en.ts'
import type { Texts } from './texts/texts.ts'
import { zh } from './texts/zh.ts'

export interface Drawing {
  /** Its name in docs/pictures. */
  readonly file: string
  readonly svg: string
}

const LANGUAGES: Readonly<Record<string, Texts>> = { en, zh }

/** Draws every picture of the architecture, in each language and each theme. */
export function drawings(): Drawing[] {
  return Object.entries(LANGUAGES).flatMap(([language, texts]) =>
    Object.entries(THEMES).flatMap(([name, theme]) =>
      Object.entries(picturesOf(texts, theme)).map(([picture, svg]) => ({
        file: `${picture}.${language}.${name}.svg`,
        svg,
      })),
    ),
  )
}

function picturesOf({ house, message, token, click }: Texts, theme: Theme): Readonly<Record<string, string>> {
  return {
    districts: drawHouse(house, theme),
    message: drawRoute(message, theme),
    token: drawRoute(token, theme),
    click: drawRoute(click, theme),
  }
}
