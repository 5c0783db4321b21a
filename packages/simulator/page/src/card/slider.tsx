import { useRef } from 'preact/hooks'
import { Picture } from '../content/picture.tsx'
import { useTexts } from '../i18n/texts.ts'
import { IconButton } from '../icons/icon.tsx'
import type { Slide } from './layout.ts'
import { mediaIn } from './media.ts'
import { cardTexts } from './texts.ts'

/** Pictures in a row that snaps: to be swiped, scrolled by keyboard, or gone through with its two buttons. */
export function Slider({ slides }: { slides: readonly Slide[] }) {
  const texts = useTexts(cardTexts)
  const strip = useRef<HTMLUListElement>(null)
  if (slides.length === 0) return null
  const go = (direction: 1 | -1) => {
    const element = strip.current
    element?.scrollBy({ left: direction * element.clientWidth * 0.8 })
  }
  return (
    <section class="slider" aria-label={texts.slides(slides.length)} data-testid="card-slider">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ul class="slider-strip" ref={strip} tabIndex={0}>
        {slides.map(({ title, image }, index) => (
          <li class="slide" key={index} aria-label={texts.slide(index + 1, slides.length, title)}>
            <Picture picture={mediaIn(image)} alt={title} />
            <p class="slide-title">{title}</p>
          </li>
        ))}
      </ul>
      {slides.length > 1 && (
        <div class="slider-buttons">
          <IconButton icon="back" label={texts.previous} onClick={() => go(-1)} />
          <IconButton icon="back" class="flipped" label={texts.next} onClick={() => go(1)} />
        </div>
      )}
    </section>
  )
}
