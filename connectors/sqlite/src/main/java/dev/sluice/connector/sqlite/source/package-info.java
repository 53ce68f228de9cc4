/**
 * SQLite files as a source: discovery, plans, and increments by a cursor.
 *
 * <p>A read shows the file as it was at one moment, which one connection sees in one transaction. Values that do not fit the
 * type of their column are never passed on in silence.
 */
@NullMarked
package dev.sluice.connector.sqlite.source;

import org.jspecify.annotations.NullMarked;
