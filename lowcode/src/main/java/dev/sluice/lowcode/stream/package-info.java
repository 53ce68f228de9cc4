/** Streams put together from the parts of a manifest, and how they are read. */
@NullMarked
package dev.sluice.lowcode.stream;

import org.jspecify.annotations.NullMarked;
