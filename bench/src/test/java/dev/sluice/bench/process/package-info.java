/** Tests of the bench itself. */
@NullMarked
package dev.sluice.bench.process;

import org.jspecify.annotations.NullMarked;
