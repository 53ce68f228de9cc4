/** Tests of the bench itself. */
@NullMarked
package dev.sluice.bench.result;

import org.jspecify.annotations.NullMarked;
