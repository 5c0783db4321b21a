import './markdown.css'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { contentTexts } from '../content/texts.ts'
import { useTexts } from '../i18n/texts.ts'
import { type Dialect, parse } from './parse.ts'
import { replaceChanged } from './replace.ts'
import { type ImageWords, sanitize } from './sanitize.ts'

/** Shows markdown. The nodes go in as nodes: text that was sanitized once is never parsed again. */
export function Markdown({ source, dialect }: { source: string; dialect: Dialect }) {
  const { picture: image, elsewhere } = useTexts(contentTexts)
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (element.current) replaceChanged(element.current, nodesOf(source, dialect, { image, elsewhere }))
  }, [source, dialect, image])
  return <div class="markdown" dir="auto" ref={element} />
}

function nodesOf(source: string, dialect: Dialect, words: ImageWords): DocumentFragment {
  try {
    return sanitize(parse(source, dialect), words)
  } catch (error) {
    // One text that the parser fails at must not take the whole chat with it: it is shown as it came.
    console.warn('This markdown could not be read', error)
    const text = document.createElement('p')
    text.className = 'plain-text'
    text.textContent = source
    const fragment = document.createDocumentFragment()
    fragment.append(text)
    return fragment
  }
}
