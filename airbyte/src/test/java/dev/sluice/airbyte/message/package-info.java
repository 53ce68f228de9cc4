/** Tests. */
@NullMarked
package dev.sluice.airbyte.message;

import org.jspecify.annotations.NullMarked;
