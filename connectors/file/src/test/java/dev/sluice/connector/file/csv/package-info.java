/** Tests. */
@NullMarked
package dev.sluice.connector.file.csv;

import org.jspecify.annotations.NullMarked;
