import { describe, expect, test } from 'vitest'
import { robotMessageOf } from './robot-message.ts'

describe('a file', () => {
  test.each([
    ['合同.PDF', 'pdf'],
    ['a.tar.gz', 'gz'],
    ['.env', 'env'],
    ['a.7z', '7z'],
    ['周报', 'file'],
    ['周报.', 'file'],
    ['周报.第一版', 'file'],
    ['v1.2 周报', 'file'],
    ['a.pdf.', 'pdf'],
    ['a.pdf ', 'pdf'],
    ['reports.v2/周报', 'file'],
    ['C:\\reports.v2\\周报.docx', 'docx'],
    ['..', 'file'],
  ])('named %j is of type %s', (fileName, fileType) => {
    expect(robotMessageOf({ msgtype: 'file', mediaId: '@lAL1', fileName }).msgParam).toEqual({
      mediaId: '@lAL1',
      fileName,
      fileType,
    })
  })

  test('is of the type that is given, if any is', () => {
    const file = { msgtype: 'file', mediaId: '@lAL1', fileName: 'a.pdf' } as const
    expect(robotMessageOf({ ...file, fileType: 'docx' }).msgParam.fileType).toBe('docx')
    expect(robotMessageOf({ ...file, fileType: '' }).msgParam.fileType).toBe('pdf')
    expect(robotMessageOf({ ...file, fileType: ' .DOCX ' }).msgParam.fileType).toBe('docx')
    expect(robotMessageOf({ ...file, fileType: null as never }).msgParam.fileType).toBe('pdf')
    expect(robotMessageOf({ ...file, fileName: '合同.pdf\u200b' }).msgParam.fileType).toBe('pdf')
  })
})

test.each([
  [3_000, '3000'],
  [2_999.6, '3000'],
  [0.2, '1'],
  [1e3, '1000'],
])('%d milliseconds of audio are whole ones: %s', (duration, expected) => {
  expect(robotMessageOf({ msgtype: 'audio', mediaId: '@lAL1', duration }).msgParam.duration).toBe(expected)
})

test.each([
  [3, '3'],
  [3.4, '3'],
  [0.2, '1'],
])('%d seconds of video are whole ones: %s', (duration, expected) => {
  const video = { msgtype: 'video', videoMediaId: '@lAL1', picMediaId: '@lAL2', duration } as const
  expect(robotMessageOf(video).msgParam.duration).toBe(expected)
})

test('the size of a video is in whole pixels', () => {
  const video = { msgtype: 'video', videoMediaId: '@lAL1', picMediaId: '@lAL2', duration: 1 } as const
  const { msgParam } = robotMessageOf({ ...video, width: 640.4, height: 359.7 })
  expect(msgParam.width).toBe('640')
  expect(msgParam.height).toBe('360')
})
