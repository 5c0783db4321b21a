import { expect, test } from 'vitest'
import { placeOf } from './space.ts'

const group = { type: 'group', id: 'cidF/9Vtq+ab=' }

test.each([
  ['as captured', { spaceType: 'im', spaceId: 'cidF/9Vtq+ab=' }, group],
  ['in capitals', { spaceType: 'IM', spaceId: 'cidF/9Vtq+ab=' }, group],
  ['im_group', { spaceType: 'im_group', spaceId: 'cidF/9Vtq+ab=' }, group],
  ['IM_GROUP', { spaceType: 'IM_GROUP', spaceId: 'cidF/9Vtq+ab=' }, group],
  ['with a prefix', { spaceType: 'im', spaceId: 'dtv1.card//im.cidF/9Vtq+ab=' }, group],
  ['with a prefix in capitals', { spaceId: 'DTV1.CARD//IM_GROUP.cidF/9Vtq+ab=' }, group],
  ['of several spaces the first', { spaceId: 'dtv1.card//IM_GROUP.cidF/9Vtq+ab=;ONE_BOX.cidX' }, group],
  ['encoded', { spaceType: 'im', spaceId: 'cidF%2F9Vtq%2Bab%3D' }, group],
  ['encoded, with a prefix', { spaceType: 'im', spaceId: 'dtv1.card%2F%2Fim.cidF%2F9Vtq%2Bab%3D' }, group],
  ['on top of a chat', { spaceType: 'ONE_BOX', spaceId: 'cidF/9Vtq+ab=' }, group],
  ['without its type', { spaceId: 'cidF/9Vtq+ab=' }, group],
  ['the person', { spaceType: 'im', spaceId: 'u-1' }, { type: 'private' }],
  ['the person, with a prefix', { spaceId: 'dtv1.card//im.u-1' }, { type: 'private' }],
  ['IM_ROBOT with the person', { spaceType: 'IM_ROBOT', spaceId: 'u-1' }, { type: 'private' }],
  ['IM_ROBOT alone', { spaceType: 'im_robot' }, { type: 'private' }],
  ['nothing', {}, undefined],
  ['an empty id', { spaceType: 'im', spaceId: '' }, undefined],
  ['a prefix without an id', { spaceType: 'IM_GROUP', spaceId: 'dtv1.card//IM_GROUP.' }, undefined],
  ['somebody else', { spaceType: 'im', spaceId: 'u-2' }, undefined],
  ['a chat between two people', { spaceType: 'IM_SINGLE', spaceId: 'cidX' }, undefined],
])('%s', (_, space, expected) => {
  expect(placeOf({ userId: 'u-1', ...space })).toEqual(expected)
})
