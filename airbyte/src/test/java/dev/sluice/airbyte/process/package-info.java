/** Tests. */
@NullMarked
package dev.sluice.airbyte.process;

import org.jspecify.annotations.NullMarked;
