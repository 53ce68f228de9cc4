/** What sources offered when they were asked: catalogs in versions, and what is otherwise between two of them. */
@NullMarked
package dev.sluice.server.schemas;

import org.jspecify.annotations.NullMarked;
