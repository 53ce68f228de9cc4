/** What was measured, what it has to reach, and how both are written down. */
@NullMarked
package dev.sluice.bench.result;

import org.jspecify.annotations.NullMarked;
