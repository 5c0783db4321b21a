import DOMPurify from 'dompurify'

const allowed = {
  ALLOWED_TAGS: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li'],
    ...['strong', 'em', 's', 'a', 'img', 'div', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'class', 'start'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // For images `data:` comes on top: DOMPurify lets it through for them alone.
  ALLOWED_URI_REGEXP: /^https?:\/\//i,
  RETURN_DOM_FRAGMENT: true as const,
}

/** Turns HTML into nodes that cannot run, cannot reach the page that opens them, and load nothing but images. */
export function sanitize(html: string, words: { readonly image: string }): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, allowed)
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
  }
  for (const image of fragment.querySelectorAll('img')) {
    if (!image.hasAttribute('src')) image.replaceWith(placeholder(image.alt || words.image))
    else image.referrerPolicy = 'no-referrer'
  }
  // What scrolls must be reachable by keyboard.
  for (const scroller of fragment.querySelectorAll<HTMLElement>('pre, .table')) scroller.tabIndex = 0
  return fragment
}

// A media id or a relative address: nothing that this page could load.
function placeholder(alt: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'missing-image'
  element.textContent = alt
  return element
}
