/** Tests. */
@NullMarked
package dev.sluice.connector.file.parquet;

import org.jspecify.annotations.NullMarked;
