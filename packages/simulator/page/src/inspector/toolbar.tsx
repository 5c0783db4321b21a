import type { EntryKind } from '../../../src/workbench/inspector/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { type Filter, kinds, toggleKind } from './filter.ts'
import { inspectorTexts } from './texts.ts'

type Choice = Omit<Filter, 'conversationId'>

interface Props {
  readonly search: string
  readonly onSearch: (text: string) => void
  readonly filter: Choice
  readonly onFilter: (filter: Choice) => void
  readonly everywhere: boolean
  readonly onEverywhere: (everywhere: boolean) => void
  readonly conversationId: string | undefined
  /** The number of entries of each kind, before the filters. */
  readonly counts: Readonly<Record<EntryKind, number>>
}

/** Search, filters, and the export of a session as a file. */
export function Toolbar(props: Props) {
  const { search, onSearch, filter, onFilter, everywhere, onEverywhere, conversationId, counts } = props
  const texts = useTexts(inspectorTexts)
  const fixture = `/_sim/inspector/fixture${
    everywhere || conversationId === undefined ? '' : `?conversationId=${encodeURIComponent(conversationId)}`
  }`
  return (
    <div class="inspector-toolbar">
      <Search search={search} onSearch={onSearch} fixture={fixture} />
      <div class="inspector-choices">
        <fieldset class="segments">
          <legend class="visually-hidden">{texts.scope}</legend>
          <Chip label={texts.here} pressed={!everywhere} onClick={() => onEverywhere(false)} testid="scope-here" />
          <Chip label={texts.everything} pressed={everywhere} onClick={() => onEverywhere(true)} testid="scope-all" />
        </fieldset>
        <fieldset class="chips">
          <legend class="visually-hidden">{texts.filters}</legend>
          {kinds.map(kind => (
            <Chip
              key={kind}
              label={texts.kinds[kind]}
              count={counts[kind]}
              pressed={filter.kinds.includes(kind)}
              onClick={() => onFilter(toggleKind(filter, kind))}
              testid={`kind-${kind}`}
            />
          ))}
          <Chip
            label={texts.failed}
            tone="bad"
            pressed={filter.failed}
            onClick={() => onFilter({ ...filter, failed: !filter.failed })}
            testid="only-failed"
          />
          <Chip
            label={texts.late}
            tone="warn"
            pressed={filter.late}
            onClick={() => onFilter({ ...filter, late: !filter.late })}
            testid="only-late"
          />
        </fieldset>
      </div>
    </div>
  )
}

interface SearchProps extends Pick<Props, 'search' | 'onSearch'> {
  /** The address of the session as a file. */
  readonly fixture: string
}

function Search({ search, onSearch, fixture }: SearchProps) {
  const texts = useTexts(inspectorTexts)
  return (
    <div class="inspector-search">
      <Icon name="search" />
      <input
        type="search"
        value={search}
        placeholder={texts.search}
        aria-label={texts.search}
        data-testid="inspector-search"
        onInput={event => onSearch(event.currentTarget.value)}
      />
      <a
        class="icon-button"
        href={fixture}
        download
        aria-label={texts.exportSession}
        title={texts.exportSession}
        data-testid="export"
      >
        <Icon name="download" />
      </a>
    </div>
  )
}

interface ChipProps {
  readonly label: string
  readonly pressed: boolean
  readonly onClick: () => void
  readonly count?: number
  readonly tone?: 'bad' | 'warn'
  readonly testid: string
}

function Chip({ label, pressed, onClick, count, tone, testid }: ChipProps) {
  return (
    <button type="button" class="chip" data-tone={tone} aria-pressed={pressed} data-testid={testid} onClick={onClick}>
      {label}
      {count !== undefined && count > 0 && <span class="chip-count">{count}</span>}
    </button>
  )
}
