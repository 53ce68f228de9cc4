/** Tests. */
@NullMarked
package dev.sluice.connector.file.input;

import org.jspecify.annotations.NullMarked;
