import './markdown.css'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useLanguage } from '../i18n/language.tsx'
import { type Dialect, parse } from './parse.ts'
import { sanitize } from './sanitize.ts'

/** Shows markdown. The nodes go in as nodes: text that was sanitized once is never parsed again. */
export function Markdown({ source, dialect }: { source: string; dialect: Dialect }) {
  const { texts } = useLanguage()
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    element.current?.replaceChildren(sanitize(parse(source, dialect), texts))
  }, [source, dialect, texts])
  return <div class="markdown" ref={element} />
}
