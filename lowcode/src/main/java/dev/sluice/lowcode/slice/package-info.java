/** A slice of a stream: the partition and the time span that one run of requests is for. */
@NullMarked
package dev.sluice.lowcode.slice;

import org.jspecify.annotations.NullMarked;
