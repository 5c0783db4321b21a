import './markdown.css'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { contentTexts } from '../content/texts.ts'
import { useTexts } from '../i18n/texts.ts'
import { type Dialect, parse } from './parse.ts'
import { sanitize } from './sanitize.ts'

/** Shows markdown. The nodes go in as nodes: text that was sanitized once is never parsed again. */
export function Markdown({ source, dialect }: { source: string; dialect: Dialect }) {
  const { picture: image, elsewhere } = useTexts(contentTexts)
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    element.current?.replaceChildren(sanitize(parse(source, dialect), { image, elsewhere }))
  }, [source, dialect, image])
  return <div class="markdown" dir="auto" ref={element} />
}
