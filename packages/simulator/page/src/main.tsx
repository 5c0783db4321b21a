import './theme/tokens.css'
import './theme/base.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { LanguageProvider } from './i18n/language.tsx'

const root = document.getElementById('app')
if (root === null) throw new Error('index.html has no element #app')

render(
  <LanguageProvider>
    <App />
  </LanguageProvider>,
  root,
)
