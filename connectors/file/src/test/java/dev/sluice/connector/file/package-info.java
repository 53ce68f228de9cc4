/** Tests. */
@NullMarked
package dev.sluice.connector.file;

import org.jspecify.annotations.NullMarked;
