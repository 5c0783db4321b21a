import { expect, test } from 'vitest'

process.stderr.write('stderr of the file\n')

test('green', () => {
  process.stderr.write('stderr of the green one\n')
  console.log('console of the green one')
})

test('red where it is told to be', () => {
  process.stderr.write('stderr of the red one\n')
  console.log('console of the red one')
  process.emitWarning('warning of the red one')
  expect(process.env.NOISY).toBe('green')
})
