/** Tests. */
@NullMarked
package dev.sluice.bench.tool;

import org.jspecify.annotations.NullMarked;
