/** Azure Blob Storage, by Microsoft's library. */
@NullMarked
package dev.sluice.connector.file.store.azure;

import org.jspecify.annotations.NullMarked;
