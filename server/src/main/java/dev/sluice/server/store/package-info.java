/**
 * The database of the server: SQLite in a directory, or PostgreSQL. Knows tables only as scripts; what is in them is the
 * matter of the features.
 */
@NullMarked
package dev.sluice.server.store;

import org.jspecify.annotations.NullMarked;
