import DOMPurify from 'dompurify'
import { hostOf } from '../content/picture.tsx'

const media = '/_sim/media/'
const allowed = {
  ALLOWED_TAGS: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li'],
    ...['strong', 'em', 's', 'a', 'img', 'div', 'span', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'class', 'start'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // For images `data:` comes on top: DOMPurify lets it through for them alone.
  ALLOWED_URI_REGEXP: /^(https?:\/\/|\/_sim\/media\/)/i,
  RETURN_DOM_FRAGMENT: true as const,
}

/** Words that stand for a picture: one without a name, one that the simulator does not have, one somewhere else. */
export interface ImageWords {
  readonly image: string
  readonly elsewhere: (host: string) => string
}

/** Turns HTML into nodes that cannot run, cannot reach the page that opens them, and load nothing from elsewhere. */
export function sanitize(html: string, words: ImageWords): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, allowed)
  for (const link of fragment.querySelectorAll('a')) openOutside(link)
  for (const image of fragment.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? ''
    if (/^https?:/i.test(source)) image.replaceWith(elsewhere(source, image.alt, words))
    else if (source === '') image.replaceWith(placeholder(image.alt || words.image))
    else if (source.startsWith(media)) missingOnError(image, words.image)
  }
  // What scrolls must be reachable by keyboard.
  for (const scroller of fragment.querySelectorAll<HTMLElement>('pre, .table')) scroller.tabIndex = 0
  return fragment
}

function openOutside(link: HTMLAnchorElement): void {
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
}

function elsewhere(source: string, alt: string, words: ImageWords): HTMLElement {
  const host = hostOf(source)
  const link = document.createElement('a')
  link.className = 'missing-image'
  link.href = source
  openOutside(link)
  link.title = words.elsewhere(host)
  link.textContent = `${alt || words.image} · ${host}`
  return link
}

// A media id that nobody has uploaded here: nothing that this page could load.
function missingOnError(image: HTMLImageElement, word: string): void {
  image.addEventListener('error', () => image.replaceWith(placeholder(image.alt || word)), { once: true })
}

function placeholder(alt: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'missing-image'
  element.textContent = alt
  return element
}
