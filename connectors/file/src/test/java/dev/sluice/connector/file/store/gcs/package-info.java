@NullMarked
package dev.sluice.connector.file.store.gcs;

import org.jspecify.annotations.NullMarked;
