/** Tests of the bench itself. */
@NullMarked
package dev.sluice.bench.scenario;

import org.jspecify.annotations.NullMarked;
