/** Tests. */
@NullMarked
package dev.sluice.connector.file.source;

import org.jspecify.annotations.NullMarked;
