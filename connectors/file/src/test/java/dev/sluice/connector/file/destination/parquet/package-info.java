@NullMarked
package dev.sluice.connector.file.destination.parquet;

import org.jspecify.annotations.NullMarked;
