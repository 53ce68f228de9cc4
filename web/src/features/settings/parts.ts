export const PARTS = [
  'general',
  'members',
  'tokens',
  'notifications',
  'tags',
  'definitions',
  'usage',
  'audit',
  'system',
] as const;
export type Part = (typeof PARTS)[number];
