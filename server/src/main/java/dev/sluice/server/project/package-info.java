/**
 * Workspaces as code: what a project file says is held against what a workspace has. Names are identities; whatever the
 * file does not name stays, unless its removal is asked for.
 */
@NullMarked
package dev.sluice.server.project;

import org.jspecify.annotations.NullMarked;
