/**
 * SQLite files as a source and a destination.
 *
 * <p>Here stand what the host looks for and the addresses; {@code source} reads, {@code destination} writes, and {@code
 * session} opens files for both.
 */
@NullMarked
package dev.sluice.connector.sqlite;

import org.jspecify.annotations.NullMarked;
