/** Organisations and workspaces: the rooms in which everything else is. */
@NullMarked
package dev.sluice.server.workspaces;

import org.jspecify.annotations.NullMarked;
