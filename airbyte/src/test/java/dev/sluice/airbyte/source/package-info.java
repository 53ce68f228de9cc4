/** Tests. */
@NullMarked
package dev.sluice.airbyte.source;

import org.jspecify.annotations.NullMarked;
