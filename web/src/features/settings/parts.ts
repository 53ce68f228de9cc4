export const PARTS = [
  'general',
  'members',
  'tokens',
  'notifications',
  'tags',
  'definitions',
  'audit',
  'system',
] as const;
export type Part = (typeof PARTS)[number];
