/** Small programs that scenarios run as processes of their own. */
@NullMarked
package dev.sluice.bench.tool;

import org.jspecify.annotations.NullMarked;
