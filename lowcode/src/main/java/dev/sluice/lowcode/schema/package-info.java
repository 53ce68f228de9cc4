/** JSON schemas of streams, and the columns that they become. */
@NullMarked
package dev.sluice.lowcode.schema;

import org.jspecify.annotations.NullMarked;
