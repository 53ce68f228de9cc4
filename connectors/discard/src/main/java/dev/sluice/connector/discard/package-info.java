/**
 * The connector {@code discard}: a destination that takes everything, counts it and keeps nothing. It shows how fast a
 * source is, and what a run looks like that is slow or fails, without a database to write to.
 */
@NullMarked
package dev.sluice.connector.discard;

import org.jspecify.annotations.NullMarked;
