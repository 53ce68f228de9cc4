/** The roles of a workspace, the weakest first, by their words in the API. */
export const ROLES = [
  'workspace_reader',
  'workspace_runner',
  'workspace_source_editor',
  'workspace_destination_editor',
  'workspace_editor',
  'workspace_admin',
] as const;

/** The roles that hold in more than one workspace, the strongest first. */
export const WIDER_ROLES = [
  'instance_admin',
  'organization_admin',
  'organization_editor',
  'organization_runner',
  'organization_reader',
] as const;
