/** Tests. */
@NullMarked
package dev.sluice.connector.file.json;

import org.jspecify.annotations.NullMarked;
