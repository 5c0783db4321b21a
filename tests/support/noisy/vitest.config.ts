import { mergeConfig } from 'vitest/config'
import shared from '../../../vitest.config.ts'

const { projects, ...settings } = shared.test ?? {}

export default mergeConfig(
  { ...shared, test: settings },
  { test: { include: ['tests/support/noisy/noisy.fixture.ts'], globalSetup: [] } },
)
