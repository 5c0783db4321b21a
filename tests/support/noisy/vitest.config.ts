import { mergeConfig } from 'vitest/config'
import shared from '../../../vitest.config.ts'

export default mergeConfig(
  { ...shared, test: { ...shared.test, include: [] } },
  { test: { include: ['tests/support/noisy/noisy.fixture.ts'], typecheck: { enabled: false }, globalSetup: [] } },
)
