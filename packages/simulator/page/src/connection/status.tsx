import './connection.css'
import type { Texts } from '../i18n/en.ts'
import { useLanguage } from '../i18n/language.tsx'
import type { Link } from './live.ts'

type State = 'connecting' | 'gone' | 'no-bot' | 'bot'

/** Says in the header whether anybody would answer. */
export function ConnectionStatus({ link, connections }: { link: Link; connections: number }) {
  const { texts } = useLanguage()
  const state = stateOf(link, connections)
  return (
    <output class="connection" data-testid="connection" data-state={state}>
      {say(state, connections, texts)}
    </output>
  )
}

function stateOf(link: Link, connections: number): State {
  if (link === 'connecting') return 'connecting'
  if (link === 'lost') return 'gone'
  return connections > 0 ? 'bot' : 'no-bot'
}

function say(state: State, connections: number, texts: Texts): string {
  switch (state) {
    case 'connecting':
      return texts.connecting
    case 'gone':
      return texts.simulatorGone
    case 'no-bot':
      return texts.noBot
    case 'bot':
      return texts.botConnected(connections)
  }
}
