/** Tests. */
@NullMarked
package dev.sluice.airbyte.destination;

import org.jspecify.annotations.NullMarked;
