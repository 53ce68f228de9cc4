export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#1f5fd0" />
      <path
        d="M7 11c4-4 8 4 12 0s5-1 6 0M7 17c4-4 8 4 12 0s5-1 6 0M7 23c4-4 8 4 12 0s5-1 6 0"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </svg>
  );
}
