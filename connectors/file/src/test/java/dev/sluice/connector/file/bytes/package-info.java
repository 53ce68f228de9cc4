/** Tests. */
@NullMarked
package dev.sluice.connector.file.bytes;

import org.jspecify.annotations.NullMarked;
