import { Link } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';
import { useWorkspaceId } from '../app/workspace';

export interface GoLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** A page of this workspace, such as `/w/$ws/jobs/$jobId`. */
  to: string;
  params?: Record<string, string>;
  search?: Record<string, unknown>;
  /** The part of the page to go to. */
  hash?: string | undefined;
  disabled?: boolean;
  children?: ReactNode;
  ref?: Ref<HTMLAnchorElement>;
}

/** A link to a page of this workspace, for buttons and texts alike. */
export function GoLink({ to, params, search, hash, disabled, ref, ...rest }: GoLinkProps) {
  const ws = useWorkspaceId();
  return (
    <Link
      {...rest}
      {...(ref === undefined ? {} : { ref })}
      to={to}
      params={{ ws, ...params } as never}
      {...(hash === undefined ? {} : { hash })}
      search={(search ?? {}) as never}
      disabled={disabled ?? false}
    />
  );
}
