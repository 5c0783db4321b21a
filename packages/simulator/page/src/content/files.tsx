import { useState } from 'preact/hooks'
import type { PageContent, PageMedia } from '../../../src/page/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { Picture } from './picture.tsx'
import { contentTexts } from './texts.ts'

type Of<K extends PageContent['kind']> = Extract<PageContent, { kind: K }>

export function FileTile({ file }: { file: PageMedia }) {
  const texts = useTexts(contentTexts)
  const { name, url, size } = file
  const inner = (
    <>
      <span class="file-icon" data-ending={endingOf(name)} aria-hidden="true">
        {endingOf(name).slice(0, 4) || '?'}
      </span>
      <span class="file-name">
        <bdi>{name}</bdi>
      </span>
      <span class="file-size">{size === undefined ? texts.missing : sizeOf(size)}</span>
    </>
  )
  if (!url?.startsWith('/')) return <div class="file">{inner}</div>
  return (
    <a class="file" href={url} download={name} title={texts.download(name)}>
      {inner}
      <Icon name="download" />
    </a>
  )
}

export function Audio({ content: { file, seconds, recognition } }: { content: Of<'audio'> }) {
  const texts = useTexts(contentTexts)
  return (
    <div class="clip">
      <p class="clip-head">
        <Icon name="mic" /> {texts.voice} <span class="clip-time">{clock(seconds)}</span>
      </p>
      <Player file={file} kind="audio" />
      {recognition !== '' && (
        <figure class="clip-words">
          <figcaption>{texts.heard}</figcaption>
          <blockquote dir="auto">{recognition}</blockquote>
        </figure>
      )}
    </div>
  )
}

export function Video({ content: { file, seconds, cover } }: { content: Of<'video'> }) {
  const texts = useTexts(contentTexts)
  return (
    <div class="clip">
      <p class="clip-head">
        <Icon name="video" /> {texts.video} <span class="clip-time">{clock(seconds)}</span>
      </p>
      {file.url === undefined && cover && <Picture picture={cover} alt={texts.video} />}
      <Player file={file} kind="video" cover={cover?.url?.startsWith('/') ? cover.url : undefined} />
    </div>
  )
}

/** Plays what the browser can play; the clients of DingTalk also send AMR, which none can. */
function Player({ file, kind, cover }: { file: PageMedia; kind: 'audio' | 'video'; cover?: string | undefined }) {
  const texts = useTexts(contentTexts)
  const [failed, setFailed] = useState(false)
  const { url, size } = file
  if (!url?.startsWith('/')) return <FileTile file={file} />
  if (size === 0) return null
  if (failed) {
    return (
      <>
        <p class="clip-note">{texts.cannotPlay}</p>
        <FileTile file={file} />
      </>
    )
  }
  const source = { src: url, controls: true, preload: 'metadata' as const, onError: () => setFailed(true) }
  return kind === 'audio' ? (
    <audio aria-label={texts.voice} {...source} />
  ) : (
    <video aria-label={texts.video} {...source} {...(cover !== undefined && { poster: cover })} />
  )
}

export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
}

export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kilo = bytes / 1024
  return kilo < 1024 ? `${kilo.toFixed(kilo < 10 ? 1 : 0)} kB` : `${(kilo / 1024).toFixed(1)} MB`
}

export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
