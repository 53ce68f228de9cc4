import { describe, expect, it } from 'vitest';
import type { Me } from '../api/schema';
import { may } from './may';

const ALL: Me['scopes'] = ['read', 'run', 'edit', 'edit_sources', 'edit_destinations', 'admin'];
const who = (role: string, placeId?: string, scopes = ALL): Me => ({
  name: 'x',
  scopes,
  roles: [placeId === undefined ? { role } : { role, placeId }],
});

describe('what somebody may do', () => {
  it('follows from role, place and token', () => {
    expect(may(who('instance_admin'), 'admin', 'a')).toBe(true);
    expect(may(who('workspace_editor', 'a'), 'edit', 'a')).toBe(true);
    expect(may(who('workspace_editor', 'a'), 'admin', 'a')).toBe(false);
    expect(may(who('workspace_editor', 'a'), 'edit', 'b')).toBe(false);
    expect(may(who('workspace_reader', 'a'), 'run', 'a')).toBe(false);
    expect(may(who('workspace_source_editor', 'a'), 'edit_sources', 'a')).toBe(true);
    expect(may(who('workspace_source_editor', 'a'), 'edit', 'a')).toBe(false);
    expect(may(who('organization_member', 'o'), 'read', 'a')).toBe(false);
    expect(may(who('organization_runner', 'o'), 'run', 'a')).toBe(true);
    expect(may(who('workspace_admin', 'a', ['read']), 'edit', 'a')).toBe(false);
  });
});
