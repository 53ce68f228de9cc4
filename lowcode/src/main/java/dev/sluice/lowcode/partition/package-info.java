/** How a stream is divided into partitions: by lists, by the records of parents, and by combinations of both. */
@NullMarked
package dev.sluice.lowcode.partition;

import org.jspecify.annotations.NullMarked;
