@NullMarked
package dev.sluice.connector.file.avro;

import org.jspecify.annotations.NullMarked;
