/** Google Cloud Storage, by its interface of JSON over HTTP. */
@NullMarked
package dev.sluice.connector.file.store.gcs;

import org.jspecify.annotations.NullMarked;
